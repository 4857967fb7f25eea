// measure PROGRAM ARGUMENT...
//
// Runs a program with nothing to read and its output thrown away, and writes to standard output what it took:
// wall time in ns, processor time in us, peak memory in KiB, exit code.
//
// A program of its own because Linux counts as a process's peak memory also what it had before it became another program,
// and a child of .NET begins with the memory of .NET. A child of this one begins with a megabyte.

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

int main(int count, char **arguments) {
  struct timespec start, end;
  struct rusage usage;
  int status, nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (count < 2 || nothing < 0) return 2;

  clock_gettime(CLOCK_MONOTONIC, &start);
  pid_t child = fork();
  if (child == 0) {
    dup2(nothing, 0);
    dup2(nothing, 1);
    execv(arguments[1], arguments + 1);
    perror(arguments[1]);
    _exit(127);
  }
  if (child < 0 || wait4(child, &status, 0, &usage) != child) {
    perror("measure");
    return 1;
  }
  clock_gettime(CLOCK_MONOTONIC, &end);

  printf("%lld %lld %ld %d\n",
    (end.tv_sec - start.tv_sec) * 1000000000LL + (end.tv_nsec - start.tv_nsec),
    microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
    usage.ru_maxrss,
    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
