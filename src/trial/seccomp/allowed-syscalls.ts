// System calls that RuntimeDefault allows every container with any arguments, by topic: the list of
// containerd 2 (contrib/seccomp) for a process without capabilities. runc skips names unknown to the
// architecture or libseccomp.

const FILES = `
  access chdir chmod chown chown32 close close_range copy_file_range creat dup dup2 dup3 faccessat
  faccessat2 fadvise64 fadvise64_64 fallocate fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat
  fcntl fcntl64 fdatasync flock fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64
  futimesat getcwd getdents getdents64 ioctl lchown lchown32 link linkat listmount _llseek lseek lstat
  lstat64 mkdir mkdirat mknod mknodat name_to_handle_at newfstatat open openat openat2 pread64 preadv
  preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv rename renameat renameat2
  rmdir sendfile sendfile64 splice stat stat64 statfs statfs64 statmount statx symlink symlinkat sync
  sync_file_range syncfs tee truncate truncate64 umask unlink unlinkat utime utimensat utimensat_time64
  utimes vmsplice write writev`;

const EXTENDED_ATTRIBUTES = `
  fgetxattr flistxattr fremovexattr fsetxattr getxattr getxattrat lgetxattr listxattr listxattrat
  llistxattr lremovexattr lsetxattr removexattr removexattrat setxattr setxattrat`;

const WAITING = `
  epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old
  eventfd eventfd2 fanotify_mark inotify_add_watch inotify_init inotify_init1 inotify_rm_watch
  _newselect pipe pipe2 poll ppoll ppoll_time64 pselect6 pselect6_time64 select`;

const ASYNCHRONOUS_IO = `
  io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit`;

/** System calls for sockets, except socket(), which depends on its arguments. */
const SOCKETS = `
  accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg
  recvmmsg_time64 recvmsg send sendmmsg sendmsg sendto setsockopt shutdown socketcall socketpair`;

const MEMORY = `
  brk cachestat madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mlock mlock2
  mlockall mmap mmap2 mprotect mremap mseal msync munlock munlockall munmap pkey_alloc pkey_free
  pkey_mprotect process_mrelease remap_file_pages`;

/** System calls for processes, except clone(), which depends on its arguments. */
const PROCESSES = `
  execve execveat exit exit_group fork getpgid getpgrp getpid getppid getsid gettid kill pidfd_open
  pidfd_send_signal prctl restart_syscall setpgid setsid tgkill tkill vfork wait4 waitid waitpid`;

const THREADS = `
  futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake getcpu get_robust_list
  get_thread_area rseq sched_getaffinity sched_getattr sched_getparam sched_get_priority_max
  sched_get_priority_min sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64
  sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield set_robust_list
  set_thread_area set_tid_address`;

const SIGNALS = `
  pause rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend
  rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo sigaltstack signalfd signalfd4 sigprocmask
  sigreturn uretprobe`;

const TIME = `
  adjtimex alarm clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime
  clock_gettime64 clock_nanosleep clock_nanosleep_time64 getitimer gettimeofday nanosleep setitimer
  time timer_create timer_delete timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime
  timerfd_settime64 timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 times`;

const CREDENTIALS = `
  capget capset getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getresgid
  getresgid32 getresuid getresuid32 getuid getuid32 setfsgid setfsgid32 setfsuid setfsuid32 setgid
  setgid32 setgroups setgroups32 setregid setregid32 setresgid setresgid32 setresuid setresuid32
  setreuid setreuid32 setuid setuid32`;

const MESSAGES_AND_SHARED_MEMORY = `
  ipc mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend
  mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd semctl semget semop semtimedop
  semtimedop_time64 shmat shmctl shmdt shmget`;

const LIMITS_AND_MACHINE = `
  getpriority getrandom getrlimit getrusage ioprio_get ioprio_set prlimit64 setpriority setrlimit
  sysinfo ugetrlimit uname`;

/** System calls by which a process drops rights. */
const CONFINEMENT = `
  landlock_add_rule landlock_create_ruleset landlock_restrict_self lsm_get_self_attr lsm_list_modules
  lsm_set_self_attr seccomp`;

/** Access to other processes' memory, which the kernel restricts to traceable processes (since 4.8). */
const OTHER_PROCESSES = "process_vm_readv process_vm_writev";

export const ALLOWED_SYSCALLS: readonly string[] = [
  FILES,
  EXTENDED_ATTRIBUTES,
  WAITING,
  ASYNCHRONOUS_IO,
  SOCKETS,
  MEMORY,
  PROCESSES,
  THREADS,
  SIGNALS,
  TIME,
  CREDENTIALS,
  MESSAGES_AND_SHARED_MEMORY,
  LIMITS_AND_MACHINE,
  CONFINEMENT,
  OTHER_PROCESSES,
].flatMap((family) => family.trim().split(/\s+/));
