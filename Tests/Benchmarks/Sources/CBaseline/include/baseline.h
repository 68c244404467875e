// What a C programmer would write by hand, to measure against.
#ifndef BASELINE_H
#define BASELINE_H

#include <stddef.h>
#include <stdint.h>

/// Finds every line feed; gives their count.
uint64_t baseline_memchr_pass(const uint8_t *bytes, size_t count);

/// Cuts the stream into lines and lines into words (pointer and length), reads every number, skips the payloads of
/// the commands that a server sends with one, and duplicates the account where asked. Checks nothing else.
/// Gives a sum of what was read.
uint64_t baseline_split(const uint8_t *bytes, size_t count, int version, int duplicates_account);

/// Writes `ILN transaction status account name capabilities` with snprintf; gives the length.
size_t baseline_print(
    char *buffer, size_t capacity, uint32_t transaction, const char *status, const char *account, const char *name,
    uint32_t capabilities);

/// The same with memcpy and digits written by hand, bounded by the capacity.
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
