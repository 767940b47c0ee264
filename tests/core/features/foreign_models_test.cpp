// Models that somebody made to do harm: each is refused or ended with one sentence, and has done nothing.
#include <caffe2/serialize/inline_container.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <torch/script.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <map>
#include <thread>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/features/base_model.h"
#include "core/features/internal/confine.h"
#include "core/features/internal/torch_archive.h"
#include "core/features/internal/torch_code.h"
#include "core/features/internal/torch_pickle.h"
#include "core/networks/checkpoint.h"
#include "tests/core/features/scratch.h"
#include "tests/core/features/torch_faces.h"

namespace discern::features {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPooled = "  return torch.conv2d(x, self.weight).relu().mean([2, 3])\n";

template <typename Body>
std::string messageOf(const Body& body) {
  try {
    body();
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

class ForeignModel : public testing::Test {
 protected:
  ForeignModel() : victim_(scratch_.write("victim", "precious")) { recipe_.size = 12; }
  ~ForeignModel() override {
    ::unsetenv("DISCERN_MODEL_SECONDS");
    ::unsetenv("DISCERN_MODEL_GIGABYTES");
    EXPECT_EQ(readFile(victim_), "precious");
  }

  // A module with this body of forward(self, x), and whatever else `code` defines.
  std::string script(const std::string& body, const std::string& code = "") const {
    torch::jit::Module module("tiny");
    module.register_parameter("weight", torch::ones({5, 3, 3, 3}), false);
    if (!code.empty()) module.define(code);
    module.define("def forward(self, x):\n" + body);
    module.save(scratch_.path("model.pt"));
    return scratch_.path("model.pt");
  }
  // The same archive with records changed, or added where `records` names new ones.
  std::string edited(const std::string& file,
                     const std::function<void(const std::string&, std::string&)>& edit,
                     const std::map<std::string, std::string>& added = {}) const {
    caffe2::serialize::PyTorchStreamReader reader(file);
    caffe2::serialize::PyTorchStreamWriter writer(scratch_.path("edited.pt"));
    for (const auto& name : reader.getAllRecords()) {
      if (name == "version" || name.ends_with(".debug_pkl")) continue;
      const auto [data, size] = reader.getRecord(name);
      std::string text(static_cast<const char*>(data.get()), size);
      edit(name, text);
      writer.writeRecord(name, text.data(), text.size(), true);
    }
    for (const auto& [name, text] : added) writer.writeRecord(name, text.data(), text.size(), true);
    writer.writeEndOfFile();
    return scratch_.path("edited.pt");
  }
  // With one text of its code in place of another.
  std::string replaced(const std::string& from, const std::string& to) const {
    bool found = false;
    const auto file = edited(script(kPooled), [&](const std::string& name, std::string& text) {
      const auto at = text.find(from);
      if (!name.ends_with(".py") || at == std::string::npos) return;
      found = true;
      text.replace(at, from.size(), to);
    });
    EXPECT_TRUE(found) << from;
    return file;
  }

  std::string openingError(const std::string& file) const {
    const auto message = messageOf([&] { openBaseModel(file, recipe_); });
    EXPECT_FALSE(message.empty()) << "was opened";
    EXPECT_NE(message.find(file), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    return message;
  }
  void expectRefused(const std::string& file, const std::string& part) const {
    const auto message = openingError(file);
    EXPECT_NE(message.find(part), std::string::npos) << message;
  }

  Scratch scratch_;
  std::string victim_;
  Recipe recipe_ = findRecipe("insightface");
};

TEST_F(ForeignModel, OneThatSavesIsNotRun) {
  expectRefused(script("  torch.save(x, '" + victim_ + "')\n" + kPooled), "uses torch.save");
}

TEST_F(ForeignModel, OneThatSavesWhileItIsReadIsNotRead) {
  const auto file = script(kPooled,
                           "def __getstate__(self):\n  return self.weight\n"
                           "def __setstate__(self, state: Tensor):\n  torch.save(state, '" +
                               victim_ + "')\n  self.weight = state\n");
  expectRefused(file, "uses torch.save");
  // LibTorch alone would have run it: the test means something.
  const auto spared = scratch_.path("spared");
  const auto other = script(kPooled,
                            "def __getstate__(self):\n  return self.weight\n"
                            "def __setstate__(self, state: Tensor):\n  torch.save(state, '" +
                                spared + "')\n  self.weight = state\n");
  torch::jit::load(other);
  EXPECT_TRUE(fs::exists(spared));
}

TEST_F(ForeignModel, DefaultValuesAndConstantsAreRunWhileReadingToo) {
  const std::string save = "torch.save(torch.zeros([1]), '" + victim_ + "')";
  expectRefused(replaced("x: Tensor", "x: Tensor, y: int=" + save), "uses torch.save");
  expectRefused(replaced("  weight : Tensor\n", "  weight : Tensor\n  c : Final[int] = " + save + "\n"),
                "uses torch.save");
}

TEST_F(ForeignModel, OperatorsThatNobodyKnows) {
  expectRefused(replaced("torch.relu", "torch.frobnicate"), "uses torch.frobnicate");
  expectRefused(replaced("torch.relu", "ops.evil.run"), "uses ops.evil.run");
  expectRefused(replaced("torch.relu", "ops.aten.save"), "uses ops.aten.save");
  expectRefused(replaced("torch.relu", "torch.from_file"), "uses torch.from_file");
}

TEST_F(ForeignModel, AnotherLookAtALegitimateOne) {
  torch::jit::Module inner("inner");
  inner.register_parameter("weight", torch::ones({5, 3, 3, 3}), false);
  inner.define("def forward(self, x):\n  return torch.conv2d(x, self.weight)\n");
  torch::jit::Module outer("outer");
  outer.register_module("0", inner);  // as in a Sequential
  outer.register_buffer("scale", torch::full({5}, 2.0));
  outer.define(
      "def scaled(self, x, times: int=2):\n"
      "  y = x\n"
      "  for i in range(times):\n"
      "    y = y * self.scale\n"
      "  return y\n"
      "def forward(self, x):\n"
      "  y = getattr(self, '0').forward(x).relu_().mean([2, 3])\n"
      "  assert y.size(0) < 1000, 'too many'\n"
      "  return self.scaled(y)[:, :4]\n");
  outer.save(scratch_.path("outer.pt"));
  const auto model = openBaseModel(scratch_.path("outer.pt"), recipe_);
  EXPECT_EQ(model->dims(), 4);
  const auto faces = someFaces(12, 3);
  const auto features = model->extract(faces);
  const auto truth = outer.forward({blobOf(faces)}).toTensor();
  for (int i = 0; i < 3; ++i)
    for (int c = 0; c < 4; ++c) EXPECT_EQ(features.row(i)[c], truth[i][c].item<float>());
}

TEST_F(ForeignModel, AnEndlessLoopIsEnded) {
  ::setenv("DISCERN_MODEL_SECONDS", "3", 1);
  EXPECT_EQ(openBaseModel(script(kPooled), recipe_)->dims(), 5);
  const auto file = script("  while bool(x.size(0) > 0):\n    x = x + 1\n" + std::string(kPooled));
  expectRefused(file, "seconds without an answer");
}

TEST_F(ForeignModel, TooMuchMemoryIsRefused) {
  expectRefused(script("  return torch.ones([2, 1000000000])\n"), "GB of memory");
  ::setenv("DISCERN_MODEL_GIGABYTES", "0.5", 1);
  expectRefused(script("  y = x\n  while y.size(0) > 0:\n    y = torch.cat([y, y])\n  return y\n"),
                "GB of memory");
  ::setenv("DISCERN_MODEL_GIGABYTES", "many", 1);
  EXPECT_NE(messageOf([&] { openBaseModel(script(kPooled), recipe_); }).find("DISCERN_MODEL_GIGABYTES=many"),
            std::string::npos);
}

TEST_F(ForeignModel, TooManyNumbersForAnImage) {
  expectRefused(script("  return x.flatten(1).repeat([1, 200])\n"), "86400 numbers");
}

TEST_F(ForeignModel, NestedDeep) {
  const std::string deep = "\x80\x02)" + std::string(200'000, '\x85') + ".";
  for (const char* pickle : {"data.pkl", "constants.pkl"})
    expectRefused(edited(script(kPooled),
                         [&](const std::string& name, std::string& text) {
                           if (name == pickle) text = deep;
                         }),
                  "nested deeper");
  expectRefused(replaced("torch.relu(", "torch.relu(" + std::string(100'000, '(')), "nested deeper");
}

// What the look does not find, the process does not survive; this program does.
TEST_F(ForeignModel, ACrashIsASentence) {
  std::string sum = "x";
  for (int i = 0; i < 1'000'000; ++i) sum += "+x";
  expectRefused(replaced("    weight = self.weight\n", "    weight = self.weight\n    z = " + sum + "\n"),
                "ended by signal");
}

TEST_F(ForeignModel, PackedBombsAndForeignRecords) {
  const auto nothing = [](const std::string&, std::string&) {};
  expectRefused(edited(script(kPooled), nothing, {{"code/__torch__/bomb.py", std::string(70U << 20, ' ')}}),
                "longer than any network's");
  expectRefused(edited(script(kPooled), nothing, {{"DATA.PKL", "x"}}), "twice");
  expectRefused(edited(script(kPooled), nothing, {{"model.json", "{}"}}), "PyTorch before 1.2");
  expectRefused(edited(script(kPooled), nothing, {{"CODE/__torch__/X.PY", "torch.save(1)"}}), "torch.save");
}

TEST_F(ForeignModel, TensorsThatReachBeyondTheirValues) {
  // The weight is 5 x 3 x 3 x 3 with strides 27, 9, 3, 1: K \x05 K \x03 ... in the pickle.
  const auto pickled = [&](const std::string& from, const std::string& to) {
    bool found = false;
    const auto file = edited(script(kPooled), [&](const std::string& name, std::string& text) {
      const auto at = name == "data.pkl" ? text.find(from) : std::string::npos;
      if (at == std::string::npos) return;
      found = true;
      text.replace(at, from.size(), to);
    });
    EXPECT_TRUE(found);
    return file;
  };
  using std::string_literals::operator""s;
  expectRefused(pickled("K\x05K\x03K\x03K\x03"s, "K\x06K\x03K\x03K\x03"s), "beyond its values");
  expectRefused(pickled("K\x1bK\x09K\x03K\x01"s, "K\x1cK\x09K\x03K\x01"s), "beyond its values");
  expectRefused(pickled("K\x87"s, "K\x88"s), "136 values, its record has 540 bytes");
  expectRefused(pickled("c__torch__\n", "cposix\n"), "posix.");
}

TEST_F(ForeignModel, ACheckpointThatSavesIsNotRead) {
  torch::jit::Module module("discern_checkpoint");
  module.register_parameter("weight", torch::ones({1}), false);
  module.define(
      "def __getstate__(self):\n  return self.weight\n"
      "def __setstate__(self, state: Tensor):\n  torch.save(state, '" +
      victim_ + "')\n  self.weight = state\n");
  const auto file = scratch_.path("ddnet.safetensors");
  module.save(file);
  EXPECT_NE(messageOf([&] { networks::loadCheckpoint(file); }).find("convert-checkpoint"), std::string::npos);
  expectRefused(file, "convert-checkpoint");
}

std::string codeError(const std::string& code) {
  return messageOf([&] { checkTorchCode({{"code/__torch__.py", code}}, "m.pt", isTorchOperator); });
}

TEST(TorchCode, TakesWhatLibTorchWrites) {
  EXPECT_EQ(
      codeError(
          "class Net(Module):\n"
          "  __parameters__ = [\"weight\", ]\n"
          "  weight : Tensor\n"
          "  __annotations__[\"0\"] = __torch__.torch.nn.modules.conv.Conv2d\n"
          "  stride : Final[int] = 16\n"
          "  def forward(self: __torch__.Net,\n"
          "    x: Tensor,\n"
          "    state: Optional[Tensor]=None) -> Tuple[Tensor, Tensor]:\n"
          "    _0 = __torch__.torch.nn.functional.pad\n"
          "    y = (getattr(self, \"0\")).forward(_0(x, [0, 1], \"constant\", 1.0000000000000001e-05, ), )\n"
          "    if torch.__isnot__(state, None):\n"
          "      z = torch.add_(y, CONSTANTS.c0)\n"
          "    else:\n"
          "      z = unchecked_cast(Tensor, state)\n"
          "    ops.prim.RaiseException(\"it's # no comment: torch.save(\\\"x\\\")\")\n"
          "    return (z, annotate(List[int], [])) # torch.save\n"),
      "");
}

TEST(TorchCode, NoWayRoundTheList) {
  const std::string method = "class N(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    ";
  for (const char* line : {"torch.save(x, 'f')",
                           "x.save('f')",
                           "torch . save(x)",
                           "torch.\\\nsave(x)",
                           "f = torch.save",
                           "t = torch",
                           "o = ops",
                           "o = ops.aten",
                           "ops.aten.save(x)",
                           "ops.c10d.send(x)",
                           "getattr(torch, 'save')(x)",
                           "getattr(torch, \"\" 'save')(x)",
                           "g = getattr",
                           "getattr(torch, '''save''')",
                           "(torch).save(x)",
                           "__torch__.torch.classes.evil.Thing()",
                           "fork(x)",
                           "open('f')",
                           "x.set_(x)",
                           "c = __torch__",
                           "torch.from_file('f')",
                           "torch.ops.aten.save(x)",
                           "'a' # '\n    torch.save(x)",
                           "'''a\n'''; x.save('f')",
                           "\"\\\"\"; x.save('f')",
                           "x.s\xC3\xA4ve('f')"}) {
    EXPECT_NE(codeError(method + line + "\n"), "") << line;
  }
  // A name of its own that means an operator elsewhere.
  EXPECT_NE(codeError("class N(Module):\n  save : int\n" + method.substr(17) + "x.save('f')\n"), "");
  EXPECT_NE(codeError("class N(Module):\n  def save(self):\n    return 1\n"), "");
  EXPECT_NE(codeError("class N(Module):\n  x : Tensor = 'no end\n"), "");
  EXPECT_EQ(codeError(method + "return x.relu_()\n"), "");
}

std::string pickleError(const std::string& pickle) {
  return messageOf([&] { checkTorchPickle(pickle, "p", [](const std::string&) { return 8; }); });
}

TEST(TorchPickle, RefusesWhatIsNoNetwork) {
  using std::string_literals::operator""s;
  EXPECT_EQ(pickleError("\x80\x02]q\x00(K\x01K\x02"
                        "e."s),
            "");
  for (const auto& pickle : {""s, "\x80\x02"s, "\x80\x04N."s,
                             "\x80\x02"s
                             "cposix\nsystem\n."s,
                             "\x80\x02"s
                             "cbuiltins\neval\n."s,
                             "\x80\x02"s
                             "c__torch__.torch.classes.evil\nThing\n."s,
                             "\x80\x02"s
                             "ctorch._utils\n_rebuild_qtensor\n."s,
                             "\x80\x02h\x05."s, "\x80\x02R."s, "\x80\x02K\x01K\x02R."s, "\x80\x02\x93."s,
                             "\x80\x02X\xff\xff\xff\xff."s, "\x80\x02u."s, "\x80\x02Nb."s, "\x80\x02NQ."s})
    EXPECT_NE(pickleError(pickle), "") << testing::PrintToString(pickle);
}

// In a child, since it is for good.
int confined(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    confine(std::uint64_t{1} << 30, false);
    ::_exit(body());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

TEST(Confined, WritesReachesAndStartsNothing) {
  const Scratch scratch;
  const auto file = scratch.write("victim", "precious"), other = scratch.path("other");
  const int parent = ::getpid();
  const auto refused = [](auto result) { return result < 0 && errno == EPERM; };
  const std::vector<std::function<bool()>> attempts = {
      [&] { return refused(::open(file.c_str(), O_WRONLY)); },
      [&] { return refused(::open(file.c_str(), O_RDWR)); },
      [&] { return refused(::open(file.c_str(), O_RDONLY | O_TRUNC)); },
      [&] { return refused(::open(other.c_str(), O_RDONLY | O_CREAT, 0600)); },
      [&] { return refused(::creat(other.c_str(), 0600)); },
      [&] { return refused(::truncate(file.c_str(), 0)); },
      [&] { return refused(::unlink(file.c_str())); },
      [&] { return refused(::rename(file.c_str(), other.c_str())); },
      [&] { return refused(::link(file.c_str(), other.c_str())); },
      [&] { return refused(::symlink(file.c_str(), other.c_str())); },
      [&] { return refused(::mkdir(other.c_str(), 0700)); },
      [&] { return refused(::chmod(file.c_str(), 0)); },
      [&] { return refused(::socket(AF_UNIX, SOCK_STREAM, 0)); },
      [&] { return refused(::socket(AF_INET, SOCK_STREAM, 0)); },
      [&] { return refused(::fork()); },
      [&] { return refused(::kill(parent, SIGTERM)); },
      [&] { return refused(::execl("/bin/true", "true", nullptr)); },
      [&] {
        return ::mmap(nullptr, std::size_t{8} << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                      0) == MAP_FAILED;
      },
  };
  for (std::size_t i = 0; i < attempts.size(); ++i)
    EXPECT_EQ(confined([&] { return attempts[i]() ? 7 : 8; }), 7) << i;
  EXPECT_EQ(readFile(file), "precious");
  EXPECT_FALSE(fs::exists(other));
  // What computing needs is left: reading, threads, memory.
  EXPECT_EQ(confined([&] {
              const int in = ::open(file.c_str(), O_RDONLY);
              char first = 0;
              const bool read = ::read(in, &first, 1) == 1 && first == 'p';
              bool ran = false;
              std::thread([&] { ran = true; }).join();
              void* memory = std::malloc(std::size_t{100} << 20);
              return read && ran && memory != nullptr ? 7 : 8;
            }),
            7);
}

}  // namespace
}  // namespace discern::features
