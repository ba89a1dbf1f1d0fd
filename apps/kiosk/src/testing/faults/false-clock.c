/* Preloaded into a process, shifts its wall clock by the milliseconds that stand at the head of a mapped file. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile long long *offset_ms;

__attribute__((constructor)) static void open_offset(void) {
  const char *path = getenv("VITRINE_FALSE_CLOCK");
  int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  void *mapped = mmap(NULL, sizeof *offset_ms, PROT_READ, MAP_SHARED, file, 0);
  if (mapped != MAP_FAILED) offset_ms = mapped;
  close(file);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = (int)syscall(SYS_clock_gettime, clock, now);
  int is_wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  if (result != 0 || offset_ms == NULL || !is_wall) return result;
  long long nanoseconds = now->tv_nsec + *offset_ms % 1000 * 1000000;
  now->tv_sec += *offset_ms / 1000;
  if (nanoseconds < 0) now->tv_sec -= 1, nanoseconds += 1000000000;
  if (nanoseconds >= 1000000000) now->tv_sec += 1, nanoseconds -= 1000000000;
  now->tv_nsec = (long)nanoseconds;
  return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  struct timespec precise;
  (void)zone;
  if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *into) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (into != NULL) *into = now.tv_sec;
  return now.tv_sec;
}
