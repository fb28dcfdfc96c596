/* Every change of one folder, call by call: written down as it happens, and at a chosen call the process kills itself.

   Preloaded into a process (LD_PRELOAD), silent until `crash_watch` names a folder. Each call that changes files there
   becomes a record in the journal once the kernel has done it, so that another program can work out what a disk would
   hold had the power failed. A rule names a kind of call, a pattern of paths and a moment (before, half done, after);
   when its n-th match comes the process writes the rule's number to a pipe and dies by SIGKILL, inside that call. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <regex.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { BEFORE = 0, HALF = 1, AFTER = 2 };
enum { RULES = 128 };

struct rule { int name; char call; regex_t path; int when; long nth; long count; };
struct head { char call; char pad[7]; uint64_t node, offset, length, path, other; };

static char root[PATH_MAX];
static size_t root_length;
static int journal = -1, teller = -1, rules;
static struct rule rule[RULES];

#define REAL(...) syscall(__VA_ARGS__)

/* ---- what the harness asks ---- */

void crash_watch(const char *folder, int journal_to, int tell_to) {
    if (!realpath(folder, root)) root[0] = 0;
    root_length = strlen(root);
    journal = journal_to;
    teller = tell_to;
    rules = 0;
}

int crash_rule(int name, char call, const char *path, int when, long nth) {
    if (rules == RULES || regcomp(&rule[rules].path, path, REG_EXTENDED | REG_NOSUB)) return -1;
    rule[rules].name = name;
    rule[rules].call = call;
    rule[rules].when = when;
    rule[rules].nth = nth;
    rule[rules].count = 0;
    return rules++;
}

long crash_count(int number) { return rule[number].count; }

static void die(int number) {
    char line[32];
    int length = snprintf(line, sizeof line, "K %d\n", rule[number].name);
    REAL(SYS_write, teller, line, length);
    REAL(SYS_kill, REAL(SYS_getpid), SIGKILL);
}

/* ---- paths and records ---- */

/* A path in the folder, relative to it; NULL for any other. */
static const char *within(const char *path) {
    if (!root_length || strncmp(path, root, root_length) || path[root_length] != '/') return NULL;
    return path + root_length + 1;
}

static const char *named(int folder, const char *path, char *room) {
    char link[64];
    if (path[0] == '/') snprintf(room, PATH_MAX, "%s", path);
    else {
        ssize_t length;
        snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
        length = readlink(link, room, PATH_MAX - 1);
        if (length < 0) return NULL;
        snprintf(room + length, PATH_MAX - length, "/%s", path);
    }
    return within(room);
}

/* The path and number of an open file or folder, NULL for pipes and for what lies elsewhere. */
static const char *opened(int file, char *room, struct stat *is) {
    char link[64];
    ssize_t length;
    if (!root_length || file == journal || file == teller) return NULL;
    if (fstat(file, is) || !(S_ISREG(is->st_mode) || S_ISDIR(is->st_mode))) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    length = readlink(link, room, PATH_MAX - 1);
    if (length < 0) return NULL;
    room[length] = 0;
    if (!strcmp(room, root)) return "";
    return within(room);
}

static void note(char call, const char *path, const char *other, uint64_t node, uint64_t offset, const void *data,
                 uint64_t length) {
    struct head head = {call, {0}, node, offset, length, strlen(path), strlen(other)};
    struct iovec parts[4] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)other, head.other},
                             {(void *)data, data ? length : 0}};
    if (journal >= 0) REAL(SYS_writev, journal, parts, 4);
}

/* Count the call; die where it is the chosen one. Returns the rule that wants it half done, else -1. */
static int moment(char call, const char *path, int when) {
    int half = -1;
    for (int each = 0; each < rules; each++) {
        struct rule *one = &rule[each];
        if (one->call != call && one->call != '*') continue;
        if (one->when != when && !(when == BEFORE && one->when == HALF)) continue;
        if (regexec(&one->path, path, 0, NULL, 0)) continue;
        if (++one->count != one->nth) continue;
        if (one->when == HALF && call == 'W') half = each;
        else die(each);
    }
    return half;
}

/* ---- the calls ---- */

static int opening(int folder, const char *path, int flags, mode_t mode) {
    char room[PATH_MAX];
    struct stat is;
    const char *name = (flags & (O_CREAT | O_TRUNC)) ? named(folder, path, room) : NULL;
    int there, file;
    if (!name) return REAL(SYS_openat, folder, path, flags, mode);
    there = !fstatat(folder, path, &is, 0);
    if (there && !(flags & O_TRUNC)) return REAL(SYS_openat, folder, path, flags, mode);
    moment(there ? 'T' : 'C', name, BEFORE);
    file = REAL(SYS_openat, folder, path, flags, mode);
    if (file < 0 || fstat(file, &is)) return file;
    note(there ? 'T' : 'C', name, "", is.st_ino, 0, NULL, 0);
    moment(there ? 'T' : 'C', name, AFTER);
    return file;
}

#define MODE(last) ({ va_list more; va_start(more, last); mode_t mode = va_arg(more, mode_t); va_end(more); mode; })
int open(const char *path, int flags, ...) { return opening(AT_FDCWD, path, flags, MODE(flags)); }
int open64(const char *path, int flags, ...) { return opening(AT_FDCWD, path, flags, MODE(flags)); }
int openat(int folder, const char *path, int flags, ...) { return opening(folder, path, flags, MODE(flags)); }
int openat64(int folder, const char *path, int flags, ...) { return opening(folder, path, flags, MODE(flags)); }

static ssize_t writing(int file, const void *data, size_t size, off_t offset, int placed) {
    char room[PATH_MAX];
    struct stat is;
    const char *name = opened(file, room, &is);
    ssize_t done;
    int half;
    if (!name) return placed ? REAL(SYS_pwrite64, file, data, size, offset) : REAL(SYS_write, file, data, size);
    if (!placed) offset = (fcntl(file, F_GETFL) & O_APPEND) ? is.st_size : lseek(file, 0, SEEK_CUR);
    half = moment('W', name, BEFORE);
    if (half >= 0 && size > 1) size /= 2;
    done = placed ? REAL(SYS_pwrite64, file, data, size, offset) : REAL(SYS_write, file, data, size);
    if (done > 0) note('W', name, "", is.st_ino, offset, data, done);
    if (half >= 0) die(half);
    moment('W', name, AFTER);
    return done;
}

ssize_t write(int file, const void *data, size_t size) { return writing(file, data, size, 0, 0); }
ssize_t pwrite(int file, const void *data, size_t size, off_t at) { return writing(file, data, size, at, 1); }
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) { return writing(file, data, size, at, 1); }

ssize_t writev(int file, const struct iovec *parts, int number) {
    ssize_t all = 0;
    for (int each = 0; each < number; each++) {
        ssize_t done = writing(file, parts[each].iov_base, parts[each].iov_len, 0, 0);
        if (done < 0) return all ? all : done;
        all += done;
        if ((size_t)done < parts[each].iov_len) break;
    }
    return all;
}

/* Copies inside the kernel show no bytes: refused here, so that callers read and write. */
static ssize_t unseen(int file, long call, long a, long b, long c, long d, long e, long f) {
    char room[PATH_MAX];
    struct stat is;
    if (!opened(file, room, &is)) return REAL(call, a, b, c, d, e, f);
    errno = EINVAL;
    return -1;
}
ssize_t sendfile(int to, int from, off_t *at, size_t size) {
    return unseen(to, SYS_sendfile, to, from, (long)at, size, 0, 0);
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t size) {
    return unseen(to, SYS_sendfile, to, from, (long)at, size, 0, 0);
}
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t size, unsigned flags) {
    return unseen(to, SYS_copy_file_range, from, (long)at, to, (long)there, size, flags);
}

static int cutting(int file, off_t size) {
    char room[PATH_MAX];
    struct stat is;
    const char *name = opened(file, room, &is);
    int done;
    if (name) moment('T', name, BEFORE);
    done = REAL(SYS_ftruncate, file, size);
    if (!name || done) return done;
    note('T', name, "", is.st_ino, size, NULL, 0);
    moment('T', name, AFTER);
    return done;
}
int ftruncate(int file, off_t size) { return cutting(file, size); }
int ftruncate64(int file, off64_t size) { return cutting(file, size); }

static int syncing(int file, long call) {
    char room[PATH_MAX];
    struct stat is;
    const char *name = opened(file, room, &is);
    char kind = name && S_ISDIR(is.st_mode) ? 'F' : 'S';
    int done;
    if (name) moment(kind, name, BEFORE);
    done = REAL(call, file);
    if (!name || done) return done;
    note(kind, name, "", is.st_ino, 0, NULL, 0);
    moment(kind, name, AFTER);
    return done;
}
int fsync(int file) { return syncing(file, SYS_fsync); }
int fdatasync(int file) { return syncing(file, SYS_fdatasync); }

/* A call on one or two paths; its record names both. */
#define PATHS(call, first_folder, first, second_folder, second, doing)                                              \
    char room[PATH_MAX], other_room[PATH_MAX];                                                                      \
    const char *name = named(first_folder, first, room), *other = named(second_folder, second, other_room);         \
    const char *about = name ? name : other;                                                                        \
    if (about) moment(call, about, BEFORE);                                                                         \
    int done = doing;                                                                                               \
    if (!about || done) return done;                                                                                \
    note(call, name ? name : "", other ? other : "", 0, 0, NULL, 0);                                                \
    moment(call, about, AFTER);                                                                                     \
    return done;

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    char call = flags & 2 ? 'X' : 'R';
    PATHS(call, from_folder, from, to_folder, to, REAL(SYS_renameat2, from_folder, from, to_folder, to, flags))
}
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    return renameat2(from_folder, from, to_folder, to, 0);
}
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    PATHS('L', from_folder, from, to_folder, to, REAL(SYS_linkat, from_folder, from, to_folder, to, flags))
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
int unlinkat(int folder, const char *path, int flags) {
    char call = flags & AT_REMOVEDIR ? 'D' : 'U';
    PATHS(call, folder, path, folder, path, REAL(SYS_unlinkat, folder, path, flags))
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int mkdirat(int folder, const char *path, mode_t mode) {
    PATHS('M', folder, path, folder, path, REAL(SYS_mkdirat, folder, path, mode))
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
