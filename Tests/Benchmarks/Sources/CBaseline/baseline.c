#include "baseline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

uint64_t baseline_memchr_pass(const uint8_t *bytes, size_t count) {
    uint64_t lines = 0;
    const uint8_t *end = bytes + count;
    while (bytes < end) {
        const uint8_t *found = memchr(bytes, '\n', (size_t)(end - bytes));
        if (found == NULL) break;
        lines++;
        bytes = found + 1;
    }
    return lines;
}

struct word {
    const uint8_t *start;
    size_t length;
};

static uint32_t pack(const uint8_t *word, size_t length) {
    if (length != 3) return 0;
    return (uint32_t)word[0] << 16 | (uint32_t)word[1] << 8 | word[2];
}

#define COMMAND(a, b, c) ((uint32_t)(a) << 16 | (uint32_t)(b) << 8 | (uint32_t)(c))

static int bears_payload(uint32_t command, int version) {
    switch (command) {
    case COMMAND('M', 'S', 'G'):
    case COMMAND('N', 'O', 'T'):
    case COMMAND('I', 'P', 'G'):
        return 1;
    case COMMAND('U', 'B', 'X'):
    case COMMAND('G', 'C', 'F'):
        return version >= 11;
    case COMMAND('U', 'B', 'N'):
    case COMMAND('U', 'B', 'M'):
        return version >= 13;
    default:
        return 0;
    }
}

// The word that is the account, counted from the command word; 0 for none.
static size_t account_word(uint32_t command) {
    switch (command) {
    case COMMAND('N', 'L', 'N'):
    case COMMAND('J', 'O', 'I'):
        return 2;
    case COMMAND('I', 'L', 'N'):
        return 3;
    case COMMAND('I', 'R', 'O'):
        return 4;
    case COMMAND('R', 'N', 'G'):
        return 5;
    case COMMAND('F', 'L', 'N'):
    case COMMAND('U', 'B', 'X'):
    case COMMAND('M', 'S', 'G'):
    case COMMAND('L', 'S', 'T'):
    case COMMAND('B', 'Y', 'E'):
        return 1;
    default:
        return 0;
    }
}

static uint64_t number(struct word word) {
    uint64_t value = 0;
    for (size_t index = 0; index < word.length; index++) {
        uint8_t digit = (uint8_t)(word.start[index] - '0');
        if (digit > 9) return 0;
        value = value * 10 + digit;
    }
    return value;
}

static uint64_t duplicate(struct word word) {
    char *copy = strndup((const char *)word.start, word.length);
    uint64_t first = copy != NULL ? (uint8_t)copy[0] : 0;
    free(copy);
    return first;
}

static int is_number(struct word word) {
    for (size_t index = 0; index < word.length; index++) {
        if ((uint8_t)(word.start[index] - '0') > 9) return 0;
    }
    return 1;
}

uint64_t baseline_split(const uint8_t *bytes, size_t count, int version, enum duplicates duplicates) {
    uint64_t sum = 0;
    const uint8_t *end = bytes + count;
    struct word words[64];
    while (bytes < end) {
        const uint8_t *feed = memchr(bytes, '\n', (size_t)(end - bytes));
        if (feed == NULL) break;
        const uint8_t *last = feed > bytes && feed[-1] == '\r' ? feed - 1 : feed;
        size_t found = 0;
        const uint8_t *start = bytes;
        while (start < last && found < 64) {
            const uint8_t *blank = memchr(start, ' ', (size_t)(last - start));
            if (blank == NULL) blank = last;
            words[found].start = start;
            words[found].length = (size_t)(blank - start);
            found++;
            start = blank + 1;
        }
        bytes = feed + 1;
        if (found == 0) continue;
        uint32_t command = pack(words[0].start, words[0].length);
        uint64_t value = 0;
        for (size_t index = 1; index < found; index++) {
            if (words[index].length > 0 && (uint8_t)(words[index].start[0] - '0') <= 9) {
                value = number(words[index]);
                sum += value;
            }
        }
        sum += command + found;
        if (bears_payload(command, version)) {
            if (value > (uint64_t)(end - bytes)) break;
            bytes += value;
        }
        if (duplicates == DUPLICATES_ACCOUNT) {
            size_t index = account_word(command);
            if (index > 0 && index < found) sum += duplicate(words[index]);
        } else if (duplicates == DUPLICATES_TEXTS) {
            for (size_t index = 1; index < found; index++) {
                if (!is_number(words[index])) sum += duplicate(words[index]);
            }
        }
    }
    return sum;
}

size_t baseline_print(
    char *buffer, size_t capacity, uint32_t transaction, const char *status, const char *account, const char *name,
    uint32_t capabilities) {
    int length = snprintf(
        buffer, capacity, "ILN %u %s %s %s %u\r\n", transaction, status, account, name, capabilities);
    return length < 0 || (size_t)length >= capacity ? 0 : (size_t)length;
}

size_t baseline_print_message(
    char *buffer, size_t capacity, const char *account, const char *name, const char *payload, size_t count) {
    int length = snprintf(
        buffer, capacity, "MSG %s %s %zu\r\n%.*s", account, name, count, (int)count, payload);
    return length < 0 || (size_t)length >= capacity ? 0 : (size_t)length;
}

static size_t put_number(char *buffer, uint32_t value) {
    char digits[10];
    size_t width = 0;
    do {
        digits[width++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    for (size_t index = 0; index < width; index++) buffer[index] = digits[width - 1 - index];
    return width;
}

size_t baseline_copy(
    char *buffer, size_t capacity, uint32_t transaction, const char *status, size_t status_length,
    const char *account, size_t account_length, const char *name, size_t name_length, uint32_t capabilities) {
    if (capacity < 4 + 10 + 1 + status_length + 1 + account_length + 1 + name_length + 1 + 10 + 2) return 0;
    char *place = buffer;
    memcpy(place, "ILN ", 4);
    place += 4;
    place += put_number(place, transaction);
    *place++ = ' ';
    memcpy(place, status, status_length);
    place += status_length;
    *place++ = ' ';
    memcpy(place, account, account_length);
    place += account_length;
    *place++ = ' ';
    memcpy(place, name, name_length);
    place += name_length;
    *place++ = ' ';
    place += put_number(place, capabilities);
    *place++ = '\r';
    *place++ = '\n';
    return (size_t)(place - buffer);
}

uint64_t clock_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
