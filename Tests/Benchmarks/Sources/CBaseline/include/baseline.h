// What a C programmer would write by hand, to measure against.
#ifndef BASELINE_H
#define BASELINE_H

#include <stddef.h>
#include <stdint.h>

/// Finds every line feed; gives their count.
uint64_t baseline_memchr_pass(const uint8_t *bytes, size_t count);

/// Which words are copied into memory of their own.
enum duplicates { DUPLICATES_NOTHING, DUPLICATES_ACCOUNT, DUPLICATES_TEXTS };

/// Cuts the stream into lines and lines into words (pointer and length), reads every number, skips the payloads of
/// the commands that a server sends with one, and duplicates (strndup) the account, or every word that is no number,
/// where asked. Checks nothing else. Gives a sum of what was read.
uint64_t baseline_split(const uint8_t *bytes, size_t count, int version, enum duplicates duplicates);

/// Writes `ILN transaction status account name capabilities` with snprintf; gives the length.
size_t baseline_print(
    char *buffer, size_t capacity, uint32_t transaction, const char *status, const char *account, const char *name,
    uint32_t capabilities);

/// Writes `MSG account name length` and the payload, which has no byte 0, with snprintf; gives the length.
size_t baseline_print_message(
    char *buffer, size_t capacity, const char *account, const char *name, const char *payload, size_t count);

/// The same as `baseline_print` with memcpy and digits written by hand, bounded by the capacity.
size_t baseline_copy(
    char *buffer, size_t capacity, uint32_t transaction, const char *status, size_t status_length,
    const char *account, size_t account_length, const char *name, size_t name_length, uint32_t capabilities);

/// The count of calls of malloc, calloc, realloc and their kin since the start; 0 where they cannot be counted.
uint64_t allocation_count(void);

/// Whether allocations are counted on this platform.
int counts_allocations(void);

/// The bytes that are allocated at this moment; 0 where it is not known.
uint64_t allocated_bytes(void);

/// A clock in nanoseconds.
uint64_t clock_nanoseconds(void);

#endif
