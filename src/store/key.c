/* key.c - see key.h. libsodium.
 *
 * The sealing key is HMAC-SHA-256 under the secret of a text that no
 * pseudonym is made of. Every byte that is or was a key is wiped. */
#include "store/key.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/arena.h"

enum {
    HEX = 2 * KEY_BYTES,
    FILE_BYTES = HEX + 1,       /* and a line feed */
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    SEALED_MAX = 1 << 24
};

static_assert(KEY_BYTES == crypto_auth_hmacsha256_KEYBYTES, "HMAC key");
static_assert(KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
              "sealing key");

static void
ready(void)
{
    if (sodium_init() < 0)
        abort();        /* the machine has no chance to give */
}

/* KEYS/ROUND.key, to be freed; NULL if ROUND is no id, for a path is made
 * of it. */
static char *
key_path(const char *keys, const char *round, struct err *e)
{
    size_t n = strlen(round), size = strlen(keys) + n + sizeof "/.key";
    char *path;

    if (strcmp(round, KEY_SERVER) != 0 && strcmp(round, KEY_SIGNING) != 0
        && (n == 0 || n > 64
            || round[strspn(round, "abcdefghijklmnopqrstuvwxyz0123456789-")]
               != '\0')) {
        err_set(e, ERR_INPUT, "round.id", "%s", "");
        return NULL;
    }
    path = mem_take(size);
    snprintf(path, size, "%s/%s.key", keys, round);
    return path;
}

static bool
sync_directory(const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (!ok)
        err_set(e, ERR_MACHINE, "key.write", "%s %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

/* KEYS is a directory that only its owner may look into. */
static bool
check_directory(const char *keys, struct err *e)
{
    struct stat st;

    if (stat(keys, &st) != 0)
        return err_set(e, ERR_INPUT, "key.directory", "%s %s", keys,
                       strerror(errno));
    if (!S_ISDIR(st.st_mode))
        return err_set(e, ERR_INPUT, "key.directory", "%s %s", keys,
                       strerror(ENOTDIR));
    if ((st.st_mode & 077) != 0)
        return err_set(e, ERR_INPUT, "key.mode", "%s %s", keys, "0700");
    return true;
}

bool
key_directory(const char *keys, struct err *e)
{
    char *parent;
    bool ok;

    if (mkdir(keys, 0700) != 0)
        return errno == EEXIST ? check_directory(keys, e)
               : err_set(e, ERR_MACHINE, "key.write", "%s %s", keys,
                         strerror(errno));
    parent = mem_take(strlen(keys) + sizeof "/..");
    sprintf(parent, "%s/..", keys);
    ok = sync_directory(parent, e);
    free(parent);
    return ok;
}

static bool
write_bytes(int fd, const void *data, size_t len)
{
    const char *p = data;

    while (len > 0) {
        ssize_t n = write(fd, p, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        p += n;
        len -= (size_t)n;
    }
    return true;
}

static bool
write_key(const char *path, const char text[FILE_BYTES], bool sync,
          struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int why = errno;
    bool ok;

    if (fd < 0 && why == EEXIST)
        return err_set(e, ERR_INPUT, "key.exists", "%s", path);
    ok = fd >= 0 && write_bytes(fd, text, FILE_BYTES)
         && (!sync || fsync(fd) == 0);
    if (!ok)
        why = errno;
    if (fd >= 0) {
        close(fd);
        if (!ok)
            unlink(path);
    }
    return ok || err_set(e, ERR_MACHINE, "key.write", "%s %s", path,
                         strerror(why));
}

static bool
create(const char *keys, const char *round, struct random *random,
       const uint8_t *published, bool sync, struct err *e)
{
    char *path = key_path(keys, round, e);
    uint8_t secret[KEY_BYTES];
    char text[FILE_BYTES + 1];
    bool ok;

    if (path == NULL)
        return false;
    ready();
    if (published != NULL)
        memcpy(secret, published, sizeof secret);
    else
        random_fill(random, secret, sizeof secret);
    sodium_bin2hex(text, sizeof text, secret, sizeof secret);
    text[HEX] = '\n';
    ok = key_directory(keys, e) && write_key(path, text, sync, e);
    if (ok && sync && !sync_directory(keys, e)) {
        unlink(path);
        ok = false;
    }
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(text, sizeof text);
    free(path);
    return ok;
}

bool
key_create(const char *keys, const char *round, struct random *random,
           const uint8_t *published, struct err *e)
{
    return create(keys, round, random, published, true, e);
}

bool
key_create_later(const char *keys, const char *round, struct random *random,
                 const uint8_t *published, struct err *e)
{
    return create(keys, round, random, published, false, e);
}

bool
key_sync(const char *keys, struct err *e)
{
    int fd = open(keys, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && syncfs(fd) == 0;

    if (!ok)
        err_set(e, ERR_MACHINE, "key.write", "%s %s", keys, strerror(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Opens a key file that only its owner may read and that has the size of
 * one; -1 with E set. */
static int
open_key(const char *path, int how, struct err *e)
{
    int fd = open(path, how | O_CLOEXEC | O_NOFOLLOW);
    struct stat st;

    if (fd < 0) {
        if (errno == ENOENT)
            err_set(e, ERR_INPUT, "key.missing", "%s", path);
        else
            err_set(e, ERR_MACHINE, "key.read", "%s %s", path,
                    strerror(errno));
        return -1;
    }
    if (fstat(fd, &st) != 0)
        err_set(e, ERR_MACHINE, "key.read", "%s %s", path, strerror(errno));
    else if ((st.st_mode & 077) != 0)
        err_set(e, ERR_INPUT, "key.mode", "%s %s", path, "0600");
    else if (!S_ISREG(st.st_mode) || st.st_size != FILE_BYTES)
        err_set(e, ERR_INPUT, "key.broken", "%s", path);
    else
        return fd;
    close(fd);
    return -1;
}

static bool
read_key(int fd, const char *path, uint8_t secret[KEY_BYTES], struct err *e)
{
    char text[FILE_BYTES];
    ssize_t n = pread(fd, text, sizeof text, 0);
    const char *end = NULL;
    size_t len = 0;
    bool ok = n == FILE_BYTES && text[HEX] == '\n'
              && sodium_hex2bin(secret, KEY_BYTES, text, HEX, NULL, &len,
                                &end) == 0
              && len == KEY_BYTES && end == text + HEX;

    sodium_memzero(text, sizeof text);
    if (n < 0)
        return err_set(e, ERR_MACHINE, "key.read", "%s %s", path,
                       strerror(errno));
    return ok || err_set(e, ERR_INPUT, "key.broken", "%s", path);
}

/* All that follows from the secret. */
static void
derive(struct round_key *key)
{
    static const char sealing[] = "brukerplan-1 sealing";
    crypto_auth_hmacsha256_state begun;

    static_assert(sizeof begun <= sizeof key->begun, "its room");
    crypto_auth_hmacsha256(key->sealing, (const unsigned char *)sealing,
                           sizeof sealing - 1, key->secret);
    /* Half of the work of an HMAC over few bytes is its key's. */
    crypto_auth_hmacsha256_init(&begun, key->secret, sizeof key->secret);
    memcpy(key->begun, &begun, sizeof begun);
    sodium_memzero(&begun, sizeof begun);
}

void
key_of(const uint8_t secret[KEY_BYTES], struct round_key *key)
{
    ready();
    memcpy(key->secret, secret, sizeof key->secret);
    derive(key);
}

bool
key_load(const char *keys, const char *round, struct round_key *key,
         struct err *e)
{
    char *path = key_path(keys, round, e);
    int fd = -1;
    bool ok;

    memset(key, 0, sizeof *key);
    if (path == NULL)
        return false;
    ready();
    ok = check_directory(keys, e) && (fd = open_key(path, O_RDONLY, e)) >= 0
         && read_key(fd, path, key->secret, e);
    if (ok)
        derive(key);
    else
        key_wipe(key);
    if (fd >= 0)
        close(fd);
    free(path);
    return ok;
}

void
key_wipe(struct round_key *key)
{
    sodium_memzero(key, sizeof *key);
}

bool
key_destroy(const char *keys, const char *round, struct err *e)
{
    char *path = key_path(keys, round, e);
    char noise[FILE_BYTES];
    bool ok;
    int fd;

    if (path == NULL)
        return false;
    ready();
    fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        if (errno == ENOENT)
            err_set(e, ERR_INPUT, "key.missing", "%s", path);
        else
            err_set(e, ERR_MACHINE, "key.write", "%s %s", path,
                    strerror(errno));
        free(path);
        return false;
    }
    randombytes_buf(noise, sizeof noise);
    ok = write_bytes(fd, noise, sizeof noise) && fsync(fd) == 0
         && unlink(path) == 0;
    if (!ok)
        err_set(e, ERR_MACHINE, "key.write", "%s %s", path, strerror(errno));
    close(fd);
    free(path);
    return ok && sync_directory(keys, e);
}

bool
key_exists(const char *keys, const char *round)
{
    struct err ignored;
    struct stat st;
    char *path;
    bool is;

    err_clear(&ignored);
    path = key_path(keys, round, &ignored);
    is = path != NULL && lstat(path, &st) == 0;
    free(path);
    return is;
}

void
key_pseudonym(const struct round_key *key, const char digits[11],
              uint8_t out[PSEUDONYM_BYTES])
{
    static const char prefix[] = "brukerplan-1:";
    unsigned char text[sizeof prefix - 1 + 11];
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state mine;

    ready();
    memcpy(text, prefix, sizeof prefix - 1);
    memcpy(text + sizeof prefix - 1, digits, 11);
    memcpy(&mine, key->begun, sizeof mine);
    crypto_auth_hmacsha256_update(&mine, text, sizeof text);
    crypto_auth_hmacsha256_final(&mine, mac);
    memcpy(out, mac, PSEUDONYM_BYTES);
    sodium_memzero(text, sizeof text);
    sodium_memzero(mac, sizeof mac);
    sodium_memzero(&mine, sizeof mine);
}

void
key_seal(const struct round_key *key, struct random *random, const char *where,
         const void *plain, size_t len, struct buf *out)
{
    uint8_t nonce[NONCE];
    unsigned char *sealed;

    assert(len <= SEALED_MAX);
    ready();
    sealed = mem_take(len + TAG);
    random_fill(random, nonce, sizeof nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed, NULL, plain, len, (const unsigned char *)where,
        strlen(where), NULL, nonce, key->sealing);
    buf_add(out, nonce, sizeof nonce);
    buf_add(out, sealed, len + TAG);
    free(sealed);
}

bool
key_open(const struct round_key *key, const char *where, const uint8_t *sealed,
         size_t len, struct buf *out, struct err *e)
{
    unsigned char *plain;
    size_t size;
    bool ok;

    if (len < NONCE + TAG || len > SEALED_MAX + NONCE + TAG)
        return err_set(e, ERR_INPUT, "key.sealed", "");
    ready();
    size = len - NONCE - TAG;
    plain = mem_take(size);
    ok = crypto_aead_xchacha20poly1305_ietf_decrypt(
             plain, NULL, NULL, sealed + NONCE, len - NONCE,
             (const unsigned char *)where, strlen(where), sealed,
             key->sealing) == 0;
    if (ok)
        buf_add(out, plain, size);
    mem_wipe(plain, size);
    return ok ? buf_ok(out, e) : err_set(e, ERR_INPUT, "key.sealed", "");
}
