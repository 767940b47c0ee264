#include "core/networks/convert.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/networks/checkpoint.h"

namespace discern::networks {
namespace fs = std::filesystem;
namespace {

TensorFile loadOld(const fs::path& file, const std::string& what) {
  TensorFile contents;
  std::int64_t sum = 0;
  try {
    torch::serialize::InputArchive archive;
    archive.load_from(file.string(), torch::Device(torch::kCPU));
    c10::IValue text, names, tensors, stored;
    archive.read(what, text);
    archive.read("names", names);
    archive.read("tensors", tensors);
    archive.read("checksum", stored);
    contents.text = text.toStringRef();
    sum = stored.toInt();
    const auto keys = names.toListRef();
    const auto values = tensors.toTensorVector();
    for (std::size_t i = 0; i < keys.size(); ++i)
      contents.tensors[keys[i].toStringRef()] = values.at(i).contiguous();
  } catch (const std::exception&) {
    fail("{}: damaged or cut off; copy it again, or train again", file.string());
  }
  if (static_cast<std::int64_t>(checksum(contents)) != sum)
    fail("{}: its checksum does not match, the file is damaged; copy it again or train again", file.string());
  contents.original = hashOfFile(file);
  return contents;
}

bool same(const TensorFile& a, const TensorFile& b) {
  const auto bytesOf = [](const torch::Tensor& t) {
    return std::string_view(static_cast<const char*>(t.data_ptr()), t.nbytes());
  };
  return a.text == b.text && a.original == b.original &&
         std::ranges::equal(a.tensors, b.tensors, [&](const auto& x, const auto& y) {
           return x.first == y.first && x.second.sizes() == y.second.sizes() &&
                  x.second.scalar_type() == y.second.scalar_type() && bytesOf(x.second) == bytesOf(y.second);
         });
}

}  // namespace

std::string oldKind(const fs::path& file) {
  // The archive's code, which declares the attribute, lies near the end, behind the tensors.
  constexpr std::int64_t kTail = 1 << 20;
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return "";
  const auto size = static_cast<std::int64_t>(fs::file_size(file, ignored));
  if (readStart(file, 4) != "PK\3\4") return "";
  const std::string tail = readFile(file, std::max<std::int64_t>(0, size - kTail));
  for (const char* kind : {"discern_checkpoint", "discern_state"})
    if (tail.find(kind) != std::string::npos) return kind;
  return "";
}

void refuseOld(const fs::path& file) {
  if (oldKind(file).empty()) return;
  fail(
      "{}: an earlier version wrote this file, in a format whose reading runs what the file holds; if you "
      "made it yourself, 'discern convert-checkpoint' rewrites it",
      file.string());
}

fs::path convertedPath(const fs::path& file) {
  std::string name = file.filename().string();
  const auto at = name.rfind(".pt");
  const bool part = at != std::string::npos && (at + 3 == name.size() || name[at + 3] == '.');
  name.replace(part ? at : name.size(), part ? 3 : 0, ".safetensors");
  return file.parent_path() / name;
}

fs::path convertCheckpoint(const fs::path& file) {
  if (!fs::is_regular_file(file)) fail("{}: no such file", file.string());
  const auto what = oldKind(file);
  if (what.empty())
    fail("{}: not a checkpoint of an earlier version, so there is nothing to convert", file.string());
  const auto target = convertedPath(file);
  // A call that was ended before the old file was removed has made it.
  if (fs::exists(target) && hashOfOriginal(target) != hashOfFile(file))
    fail("{}: is there already and holds something else; move one of the two files away", target.string());
  const auto contents = loadOld(file, what);
  saveTensors(target, what, contents);
  if (!same(loadTensors(target, what), contents))
    fail("{}: does not read back as it was written; {} is kept", target.string(), file.string());
  fs::remove(file);
  return target;
}

}  // namespace discern::networks
