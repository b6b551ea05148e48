"""The system calls that a sandboxed Python program may make; every other one fails.

There is none that starts a process or a program, opens a socket, or changes an owner, a mode or another process.
"""

ALLOWED = """
# memory
brk:12:214 mmap:9:222 munmap:11:215 mprotect:10:226 mremap:25:216 madvise:28:233 msync:26:227 membarrier:324:283
# descriptors
read:0:63 write:1:64 readv:19:65 writev:20:66 pread64:17:67 pwrite64:18:68 close:3:57 close_range:436:436 lseek:8:62
dup:32:23 dup2:33:- dup3:292:24 flock:73:32 fsync:74:82 fdatasync:75:83 ftruncate:77:46 copy_file_range:326:285
sendfile:40:71 pipe:22:- pipe2:293:59 poll:7:- ppoll:271:73 select:23:- pselect6:270:72 epoll_create1:291:20
epoll_ctl:233:21 epoll_wait:232:- epoll_pwait:281:22 epoll_pwait2:441:441 eventfd2:290:19
# files
open:2:- openat:257:56 access:21:- faccessat:269:48 faccessat2:439:439 stat:4:- fstat:5:80 lstat:6:-
newfstatat:262:79 statx:332:291 statfs:137:43 fstatfs:138:44 getdents64:217:61 readlink:89:- readlinkat:267:78
getcwd:79:17 chdir:80:49 fchdir:81:50 mkdir:83:- mkdirat:258:34 rmdir:84:- unlink:87:- unlinkat:263:35 rename:82:-
renameat:264:38 renameat2:316:276 link:86:- linkat:265:37 symlink:88:- symlinkat:266:36 umask:95:166
# clocks
clock_gettime:228:113 clock_getres:229:114 clock_nanosleep:230:115 nanosleep:35:101 gettimeofday:96:169 time:201:-
times:100:153 alarm:37:- setitimer:38:103 getitimer:36:102 pause:34:-
# own process
exit:60:93 exit_group:231:94 getpid:39:172 getppid:110:173 gettid:186:178 getpgid:121:155 getpgrp:111:-
getsid:124:156 getuid:102:174 geteuid:107:175 getgid:104:176 getegid:108:177 getgroups:115:158 getrusage:98:165
getrlimit:97:163 getpriority:140:141 uname:63:160 sysinfo:99:179 arch_prctl:158:- wait4:61:260 waitid:247:95
# signals
rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139 rt_sigpending:127:136 rt_sigtimedwait:128:137
rt_sigsuspend:130:133 sigaltstack:131:132 restart_syscall:219:128
# threads
futex:202:98 sched_yield:24:124 sched_getaffinity:204:123 sched_getparam:143:121 sched_getscheduler:145:120
set_robust_list:273:99 set_tid_address:218:96 rseq:334:293 getrandom:318:278
# pairs of sockets
sendto:44:206 recvfrom:45:207 sendmsg:46:211 recvmsg:47:212 shutdown:48:210 getsockopt:55:209 setsockopt:54:208
getsockname:51:204
"""  # name, number on x86_64, number on aarch64, where "-" stands for none
CLOSER = """
clone:56:220 clone3:435:435 kill:62:129 tgkill:234:131 prctl:157:167 prlimit64:302:261 socketpair:53:199 fcntl:72:25
ioctl:16:29
"""  # allowed with some arguments only (see seccomp.py)
MACHINES = {"x86_64": 1, "aarch64": 2}  # -> the place of its numbers


def numbers(table: str, machine: str) -> dict[str, int]:
    """The numbers of system calls by name on a machine, without those that it lacks.

    Raises KeyError for a machine that is not known.
    """
    place = MACHINES[machine]
    rows = [row.split(":") for line in table.splitlines() if not line.startswith("#") for row in line.split()]
    return {row[0]: int(row[place]) for row in rows if row[place] != "-"}
