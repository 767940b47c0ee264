// The main job on a face library as Frigate keeps one: from the import to the crop that causes the false
// match. DISCERN_MEASURED_MODEL=FILE.onnx measures with another recogniser than the one that ships, and holds
// nothing.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "core/data/csv.h"
#include "core/data/npy.h"
#include "tests/app/command_runner.h"
#include "tests/app/frigate_library.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using test::run;

struct Rows {
  data::Matrix features;            // of length 1
  std::vector<std::string> people;  // of each row
};

class Frigate : public testing::Test {
 protected:
  Frigate() { fs::create_directories(scratch_); }
  ~Frigate() override { fs::remove_all(scratch_); }

  void call(std::vector<std::string> arguments) {
    const auto ran = run(arguments);
    said_ = ran.out + ran.err;
    ASSERT_EQ(ran.exit, 0) << arguments[0] << "\n" << said_;
  }
  // What an export of a set's features says, read as anybody would.
  Rows exported(const std::string& set, const std::string& kept) {
    const fs::path out = scratch_ / (set + "-" + kept);
    call({"export", project_, "--what", "features", "--set", set, "--kept", kept, "--out", out});
    Rows rows;
    rows.features = data::loadNpy(out / "features-base.npy");
    for (std::int64_t r = 0; r < rows.features.rows; ++r) data::normalise(rows.features.row(r));
    std::ifstream list(out / "features-base.txt");
    for (std::string line; std::getline(list, line);)
      rows.people.push_back(fs::path(line).parent_path().filename());
    EXPECT_EQ(std::ssize(rows.people), rows.features.rows);
    return rows;
  }

  const fs::path scratch_ = fs::temp_directory_path() / ("discern_frigate_" + std::to_string(::getpid()));
  const std::string project_ = scratch_ / "home.discern";
  std::string said_;
};

struct Matches {
  int right = 0, wrong = 0;       // visits whose nearest person is theirs, is another
  double impostor = 0;            // of the visits, the highest cosine to another person, their mean
  std::map<std::string, int> to;  // wrong ones by the person they were taken for
  std::vector<double> genuine, others;
};

Matches matchesOf(const Rows& library, const Rows& visits) {
  std::map<std::string, std::vector<float>> mean;
  for (std::int64_t r = 0; r < library.features.rows; ++r) {
    auto& sum = mean[library.people[static_cast<std::size_t>(r)]];
    sum.resize(static_cast<std::size_t>(library.features.cols));
    for (std::size_t d = 0; d < sum.size(); ++d) sum[d] += library.features.row(r)[d];
  }
  Matches matches;
  for (std::int64_t r = 0; r < visits.features.rows; ++r) {
    const auto& person = visits.people[static_cast<std::size_t>(r)];
    std::string nearest;
    double best = -2, other = -2;
    for (const auto& [name, sum] : mean) {
      const double cosine = data::cosine(visits.features.row(r), sum);
      (name == person ? matches.genuine : matches.others).push_back(cosine);
      if (name != person) other = std::max(other, cosine);
      if (cosine <= best) continue;
      best = cosine;
      nearest = name;
    }
    (nearest == person ? matches.right : matches.wrong) += 1;
    if (nearest != person) ++matches.to[nearest];
    matches.impostor += other / static_cast<double>(visits.features.rows);
  }
  return matches;
}

// Share of genuine comparisons above the cosine that `far` of the impostors exceed.
double tarAt(const Matches& matches, double far) {
  auto others = matches.others;
  std::ranges::sort(others, std::greater<>());
  const double limit = others[static_cast<std::size_t>(far * static_cast<double>(others.size()))];
  const auto above = std::ranges::count_if(matches.genuine, [&](double c) { return c > limit; });
  return static_cast<double>(above) / static_cast<double>(matches.genuine.size());
}
int above(const std::vector<double>& cosines, double limit) {
  return static_cast<int>(std::ranges::count_if(cosines, [&](double c) { return c > limit; }));
}

TEST_F(Frigate, TheCropThatCausesTheFalseMatchIsFoundAndLeftOut) {
  call({"import", scratch_ / "rendered.discern", "synthetic-faces", "--name", "people", "--count", "16",
        "--images", "36", "--bad-share", "0", "--label-errors", "0", "--seed", "7"});
  const auto library = test::makeFrigateLibrary(scratch_ / "rendered.discern/images/people", scratch_, 6, 8);
  call({"import", project_, scratch_ / "clips", "--name", "faces"});
  EXPECT_NE(said_.find("(frigate)"), std::string::npos) << said_;
  EXPECT_NE(said_.find("holds 16 attempts that nobody has sorted yet"), std::string::npos) << said_;
  EXPECT_NE(said_.find("These images look unaligned"), std::string::npos) << said_;
  call({"import", project_, library.visits, "--name", "visits", "--role", "test"});
  const char* given = std::getenv("DISCERN_MEASURED_MODEL");
  call({"extract", project_, "--model", given != nullptr ? given : "demo", "--name", "base"});
  call({"score", project_, "--leave-one-out"});

  // Where the planted crops stand among all, worst first.
  const fs::path lists = scratch_ / "lists";
  call({"export", project_, "--what", "lists", "--set", "faces", "--kept", "all", "--out", lists});
  call({"export", project_, "--what", "lists", "--set", "faces", "--out", lists});
  auto rows = data::readCsv(lists / "decisions.csv");
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(data::csvColumn(lists, rows[0], name));
  };
  const auto path = column("path"), score = column("score"), own = column("own"), hardest = column("hardest");
  std::sort(rows.begin() + 1, rows.end(), [&](const auto& a, const auto& b) {
    return std::stod(a.fields[score]) < std::stod(b.fields[score]);
  });
  ASSERT_EQ(static_cast<int>(rows.size()) - 1, library.crops);
  std::vector<int> ranks;
  double highestPlanted = 0;
  int nearerToAnother = 0;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const fs::path file = rows[r].fields[path];
    if (!library.blurred.contains(file.parent_path().filename().string() + "/" + file.filename().string()))
      continue;
    ranks.push_back(static_cast<int>(r));
    highestPlanted = std::stod(rows[r].fields[score]);
    nearerToAnother += std::stod(rows[r].fields[hardest]) > std::stod(rows[r].fields[own]) ? 1 : 0;
  }
  std::ostringstream places;
  for (const int rank : ranks) places << " " << rank;

  const Rows visits = exported("visits", "all");
  const Matches before = matchesOf(exported("faces", "all"), visits);
  const double threshold = std::nextafter(static_cast<float>(highestPlanted), 1.0F) + 1e-6;
  call({"point", project_, "--scores", "dscore", "--threshold", std::to_string(threshold)});
  const Rows cleaned = exported("faces", "point");
  const Matches after = matchesOf(cleaned, visits);
  // At the cosine that one impostor comparison of a hundred exceeds before.
  auto sorted = before.others;
  std::ranges::sort(sorted, std::greater<>());
  const double limit = sorted[sorted.size() / 100];
  std::printf(
      "library: %d people, %d crops, %zu blurred; visits: %zu\n"
      "blurred crops are number%s of the lowest scores; %d of them nearer to another person\n"
      "threshold %.4f keeps %lld of %d crops\n"
      "before: nearest person wrong %d, right %d; TAR at FAR 1 %% %.4f; highest cosine to another %.4f\n"
      "after:  nearest person wrong %d, right %d; TAR at FAR 1 %% %.4f; highest cosine to another %.4f\n"
      "above the cosine %.4f: impostors %d before, %d after; genuine %d before, %d after\n",
      library.people, library.crops, library.blurred.size(), visits.people.size(), places.str().c_str(),
      nearerToAnother, threshold, static_cast<long long>(cleaned.features.rows), library.crops, before.wrong,
      before.right, tarAt(before, 0.01), before.impostor, after.wrong, after.right, tarAt(after, 0.01),
      after.impostor, limit, above(before.others, limit), above(after.others, limit),
      above(before.genuine, limit), above(after.genuine, limit));
  if (given != nullptr) return;
  ASSERT_EQ(ranks.size(), library.blurred.size());
  // By chance, a twentieth of the crops would hold less than one of the eight.
  EXPECT_GE(std::ranges::count_if(ranks, [&](int rank) { return rank <= library.crops / 20; }), 4);
  EXPECT_LE(ranks.back(), library.crops / 4);
  EXPECT_LT(above(after.others, limit), above(before.others, limit));
  EXPECT_GE(tarAt(after, 0.01), tarAt(before, 0.01));
}

}  // namespace
}  // namespace discern
