#include "baseline.h"

#include <stdlib.h>

#if defined(__GLIBC__)

#include <malloc.h>

// An executable that defines malloc is asked before the C library; it counts and passes the call on. The benchmarks
// run on one thread, so a plain counter is enough.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *pointer, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static volatile uint64_t count;

void *malloc(size_t size) {
    count++;
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count++;
    return __libc_calloc(number, size);
}

void *realloc(void *pointer, size_t size) {
    count++;
    return __libc_realloc(pointer, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count++;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    count++;
    void *pointer = __libc_memalign(alignment, size);
    if (pointer == NULL) return 12;
    *result = pointer;
    return 0;
}

uint64_t allocation_count(void) { return count; }

int counts_allocations(void) { return 1; }

uint64_t allocated_bytes(void) {
    struct mallinfo2 info = mallinfo2();
    return (uint64_t)info.uordblks + (uint64_t)info.hblkhd;
}

#else

uint64_t allocation_count(void) { return 0; }

int counts_allocations(void) { return 0; }

uint64_t allocated_bytes(void) { return 0; }

#endif
