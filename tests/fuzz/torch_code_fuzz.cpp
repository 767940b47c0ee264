// The look at the code of a TorchScript archive before LibTorch reads it.
#include <cstdlib>

#include "core/features/internal/torch_code.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

bool isTaken(const std::string& code) {
  using namespace discern;
  try {
    features::checkTorchCode({{"code/__torch__.py", code}}, "it",
                             [](const std::string& name) { return name == "save" || name == "set_"; });
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

// What is taken must not hide what comes behind it: a text, a comment or a name of its own that swallows a
// call.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string code(discern::fuzz::textOf(data, size));
  if (!isTaken(code)) return 0;
  for (const char* line : {"\n    torch.save(x)\n", "\n    x.save('f')\n", "\n    open('f')\n"})
    if (isTaken(code + line)) std::abort();
  return 0;
}
