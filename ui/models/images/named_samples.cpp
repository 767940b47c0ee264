#include "ui/models/images/named_samples.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace discern::ui {
namespace {

constexpr qsizetype kLettersOfFiles = 3;

std::string_view fileOf(const SampleTable& table, int sample) {
  const std::string& path = table.snapshot().samples[static_cast<std::size_t>(sample)].image.file;
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string_view(path) : std::string_view(path).substr(slash + 1);
}

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; }

bool has(std::string_view text, std::string_view wanted) {  // of files there are a million: only A to Z
  return std::ranges::search(text, wanted, {}, lower, lower).begin() != text.end() || wanted.empty();
}

// Of each identity whether it is one of the samples'.
std::vector<unsigned char> identitiesOf(const SampleTable& table, const std::vector<int>& samples) {
  std::vector<unsigned char> present(table.snapshot().identities.size());
  for (const int sample : samples)
    if (const int identity = table.identityOf(sample); identity >= 0)
      present[static_cast<std::size_t>(identity)] = 1;
  return present;
}

}  // namespace

QStringList namesLike(const SampleTable& table, const std::vector<int>& samples, const QString& typed,
                      int limit) {
  QStringList first, then;
  if (typed.isEmpty()) return {};
  const auto take = [&](const QString& name) {
    (name.startsWith(typed, Qt::CaseInsensitive) ? first : then) << name;
  };
  const auto present = identitiesOf(table, samples);
  for (std::size_t i = 0; i < present.size() && first.size() < limit; ++i) {
    if (!present[i]) continue;
    const QString name = table.identityName(static_cast<int>(i));
    if (name.contains(typed, Qt::CaseInsensitive)) take(name);
  }
  QStringList names = (first + then).mid(0, limit);
  names.removeDuplicates();
  if (typed.size() < kLettersOfFiles) return names;
  const std::string wanted = typed.toStdString();
  for (const int sample : samples) {
    if (names.size() >= limit) break;
    const auto file = fileOf(table, sample);
    if (!has(file, wanted)) continue;
    if (const QString name = QString::fromUtf8(file.data(), qsizetype(file.size())); !names.contains(name))
      names << name;
  }
  return names;
}

std::vector<int> samplesNamed(const SampleTable& table, const std::vector<int>& samples,
                              const QString& name) {
  if (name.isEmpty()) return {};
  const auto present = identitiesOf(table, samples);
  std::vector<unsigned char> same(present.size()), like(present.size());
  for (std::size_t i = 0; i < present.size(); ++i) {
    if (!present[i]) continue;
    const QString own = table.identityName(static_cast<int>(i));
    same[i] = own.compare(name, Qt::CaseInsensitive) == 0;
    like[i] = own.contains(name, Qt::CaseInsensitive);
  }
  const std::string wanted = name.toStdString();
  const auto found = [&](auto fits) {
    std::vector<int> list;
    std::ranges::copy_if(samples, std::back_inserter(list), fits);
    return list;
  };
  const auto of = [&](const std::vector<unsigned char>& which, int sample) {
    const int identity = table.identityOf(sample);
    return identity >= 0 && which[static_cast<std::size_t>(identity)] != 0;
  };
  if (auto list = found([&](int sample) { return of(same, sample); }); !list.empty()) return list;
  if (auto list = found([&](int sample) { return fileOf(table, sample) == wanted; }); !list.empty())
    return list;
  return found([&](int sample) { return of(like, sample) || has(fileOf(table, sample), wanted); });
}

}  // namespace discern::ui
