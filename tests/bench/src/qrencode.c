/* Makes the QR of an address so many times and prints the nanoseconds that took. */
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int count, char **words)
{
    if (count != 3) return 2;
    struct timespec begun, ended;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    for (long n = strtol(words[2], NULL, 10); n > 0; n--) {
        QRcode *code = QRcode_encodeString(words[1], 0, QR_ECLEVEL_M, QR_MODE_8, 1);
        if (!code) return 1;
        QRcode_free(code);
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    printf("%lld\n", (ended.tv_sec - begun.tv_sec) * 1000000000LL + (ended.tv_nsec - begun.tv_nsec));
    return 0;
}
