#include "core/features/internal/confine.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace discern::features {
namespace {

void limit(int resource, std::uint64_t value) {
  const rlimit both{static_cast<rlim_t>(value), static_cast<rlim_t>(value)};
  ::setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

#if defined(__x86_64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kMachine = 0;
#endif

// Calls that change something outside of the process. Everything else is allowed: what LibTorch, its threads
// and its allocators need differs from version to version.
const std::vector<int> kRefused = {
    SYS_truncate,
    SYS_renameat,
    SYS_renameat2,
    SYS_unlinkat,
    SYS_mkdirat,
    SYS_mknodat,
    SYS_linkat,
    SYS_symlinkat,
    SYS_fchmod,
    SYS_fchmodat,
    SYS_fchown,
    SYS_fchownat,
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_fsetxattr,
    SYS_removexattr,
    SYS_utimensat,
    SYS_socket,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_execve,
    SYS_execveat,
    SYS_kill,
    SYS_ptrace,
    SYS_mount,
    SYS_umount2,
    SYS_chroot,
    SYS_pivot_root,
    SYS_unshare,
    SYS_setns,
    SYS_bpf,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_io_uring_setup,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_process_vm_writev,
    SYS_process_vm_readv,
    SYS_pidfd_open,
    SYS_pidfd_getfd,
    SYS_pidfd_send_signal,
    SYS_open_by_handle_at,
    SYS_tkill,
    SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo,
    SYS_shmget,
    SYS_msgget,
#if defined(__x86_64__)
    SYS_creat,
    SYS_rename,
    SYS_unlink,
    SYS_rmdir,
    SYS_mkdir,
    SYS_mknod,
    SYS_link,
    SYS_symlink,
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
    SYS_utime,
    SYS_utimes,
    SYS_futimesat,
    SYS_fork,
    SYS_vfork,
#endif
};

constexpr std::uint32_t argument(int i) {
  return static_cast<std::uint32_t>(offsetof(seccomp_data, args)) + 8 * static_cast<std::uint32_t>(i);
}

class Filter {
 public:
  Filter() {
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch));
    jump(BPF_JEQ, kMachine, 1, 0);  // another machine's calls have other numbers
    answer(SECCOMP_RET_KILL_PROCESS);
    loadCall();
#if defined(__x86_64__)
    jump(BPF_JGE, 0x40000000, 0, 1);  // the x32 calls
    answer(refusal(EPERM));
    refuseWriting(SYS_open, 1);
#endif
    refuseWriting(SYS_openat, 2);
    refuse(SYS_openat2, ENOSYS);  // its flags lie in memory; the C library then asks as before
    refuse(SYS_clone3, ENOSYS);
    // A thread is welcome, a process is not.
    jump(BPF_JEQ, SYS_clone, 0, 4);
    add(BPF_LD | BPF_W | BPF_ABS, argument(0));
    jump(BPF_JSET, CLONE_THREAD, 1, 0);
    answer(refusal(EPERM));
    loadCall();
    // abort() signals its own process.
    jump(BPF_JEQ, SYS_tgkill, 0, 4);
    add(BPF_LD | BPF_W | BPF_ABS, argument(0));
    jump(BPF_JEQ, static_cast<std::uint32_t>(::getpid()), 1, 0);
    answer(refusal(EPERM));
    loadCall();
    for (const int call : kRefused) refuse(call, EPERM);
    answer(SECCOMP_RET_ALLOW);
  }

  // For every thread there is. False where the kernel cannot.
  bool install() {
    const sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
    return kMachine != 0 && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
  }

 private:
  static std::uint32_t refusal(int error) {
    return SECCOMP_RET_ERRNO | (static_cast<std::uint32_t>(error) & SECCOMP_RET_DATA);
  }
  void add(int code, std::uint32_t value) {
    code_.push_back({static_cast<std::uint16_t>(code), 0, 0, value});
  }
  // Leaves out that many instructions.
  void jump(int test, std::uint32_t value, int ifTrue, int ifFalse) {
    code_.push_back({static_cast<std::uint16_t>(BPF_JMP | test | BPF_K), static_cast<std::uint8_t>(ifTrue),
                     static_cast<std::uint8_t>(ifFalse), value});
  }
  void answer(std::uint32_t action) { add(BPF_RET | BPF_K, action); }
  void loadCall() { add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)); }
  void refuse(int call, int error) {
    jump(BPF_JEQ, static_cast<std::uint32_t>(call), 0, 1);
    answer(refusal(error));
  }
  void refuseWriting(int call, int flags) {
    jump(BPF_JEQ, static_cast<std::uint32_t>(call), 0, 4);
    add(BPF_LD | BPF_W | BPF_ABS, argument(flags));
    jump(BPF_JSET, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, 0, 1);
    answer(refusal(EPERM));
    loadCall();
  }

  std::vector<sock_filter> code_;
};

}  // namespace

void confine(std::uint64_t bytes, bool cuda) {
  std::signal(SIGXFSZ, SIG_IGN);  // an error then, not an end
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  if (cuda) return;
  limit(RLIMIT_AS, memoryOf(::getpid(), "VmSize:") + bytes);
  Filter().install();
}

std::uint64_t memoryOf(pid_t process, const char* line) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  const std::string wanted(line);
  for (std::string text; std::getline(status, text);)
    if (text.starts_with(wanted)) return 1024 * std::strtoull(text.c_str() + wanted.size(), nullptr, 10);
  return 0;
}

}  // namespace discern::features
