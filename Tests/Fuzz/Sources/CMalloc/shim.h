// The module of the C library lacks this header.
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
