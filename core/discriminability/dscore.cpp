#include "core/discriminability/dscore.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/discriminability/centers.h"
#include "core/discriminability/normalise.h"
#include "core/discriminability/same_people.h"
#include "core/discriminability/tiles.h"

namespace discern::discriminability {
namespace {
void check(const ScoreInput& in, const ScoreOptions& options) {
  const auto n = in.features.rows;
  if (static_cast<std::int64_t>(in.identity.size()) != n)
    fail("scores: {} features have {} identity labels; give one label for each", n, in.identity.size());
  if (static_cast<int>(in.part.size()) != in.identities)
    fail("scores: {} identities have {} roles; give one role for each", in.identities, in.part.size());
  if (std::ranges::any_of(in.identity, [&](int id) { return id < -1 || id >= in.identities; }))
    fail("scores: an identity label lies outside -1 .. {}; number the identities from 0", in.identities - 1);
  if (!in.votes.empty() && static_cast<std::int64_t>(in.votes.size()) != n)
    fail("scores: {} features have {} votes; give one vote for each or none at all", n, in.votes.size());
  if (in.extraNegatives.rows > 0 && in.extraNegatives.cols != in.features.cols)
    fail("the extra negatives have {} numbers each but the features have {}; take both from the same model",
         in.extraNegatives.cols, in.features.cols);
  if (!(options.floor > 0 && options.floor < 1))
    fail("the option floor is {}, expected a value above 0 and below 1, such as 0.05", options.floor);
  if (!in.wanted.empty() && static_cast<std::int64_t>(in.wanted.size()) != n)
    fail("scores: {} features have {} marks of what is wanted; give one for each or none at all", n,
         in.wanted.size());
  if (options.tileRows < 1 || options.tileCols < 1)
    fail("tiles of {} x {} are too small, expected at least 1 x 1", options.tileRows, options.tileCols);
}

// The rows that comparisons made before fill.
void takeCompared(const ScoreOutput& compared, ScoreOutput& output) {
  auto& table = output.table;
  for (std::size_t i = 0; i < table.status.size(); ++i) {
    if (table.status[i] != data::ScoreStatus::Scored) continue;
    table.own[i] = compared.table.own[i];
    table.hardest[i] = compared.table.hardest[i];
    table.ratio[i] = compared.table.ratio[i];
    table.hardestIdentity[i] = compared.table.hardestIdentity[i];
  }
  output.others = compared.others;
}

bool isVoting(const ScoreInput& in, std::size_t sample) { return in.votes.empty() || in.votes[sample] != 0; }

// Columns that a sample is compared with. Train samples see the first `trainColumns`, Test samples all of
// them, so that no training target depends on a test identity.
struct Columns {
  Centers centers;                     // in column order; extra negatives have count 0
  std::vector<std::int32_t> column;    // per identity; -1: no usable sample that votes
  std::vector<std::int32_t> identity;  // per column; -1: an extra negative
  std::int64_t trainColumns = 0;
};

Columns makeColumns(const ScoreInput& in, std::span<const double> inverseNorm, data::Lengths lengths) {
  std::vector<bool> present(static_cast<std::size_t>(in.identities));
  for (std::size_t i = 0; i < in.identity.size(); ++i)
    if (in.identity[i] >= 0 && isUsable(inverseNorm[i]) && isVoting(in, i)) present[in.identity[i]] = true;

  Columns columns;
  columns.column.assign(static_cast<std::size_t>(in.identities), -1);
  const auto add = [&](int id) {
    columns.column[id] = static_cast<std::int32_t>(columns.identity.size());
    columns.identity.push_back(id);
  };
  const std::vector<double> extraNorm = inverseNorms(in.extraNegatives);
  for (int id = 0; id < in.identities; ++id)
    if (present[id] && (in.part[id] == Part::Train || in.part[id] == Part::Pool)) add(id);
  const auto extraBegin = static_cast<std::int64_t>(columns.identity.size());
  columns.identity.insert(columns.identity.end(), std::ranges::count_if(extraNorm, isUsable), -1);
  columns.trainColumns = static_cast<std::int64_t>(columns.identity.size());
  for (int id = 0; id < in.identities; ++id)
    if (present[id] && in.part[id] == Part::Test) add(id);

  std::vector<int> slot(in.identity.size(), -1);
  for (std::size_t i = 0; i < slot.size(); ++i)
    if (in.identity[i] >= 0 && isVoting(in, i)) slot[i] = columns.column[in.identity[i]];
  columns.centers =
      makeCenters(in.features, inverseNorm, slot, static_cast<int>(columns.identity.size()), lengths);
  std::int64_t next = extraBegin;
  for (std::int64_t k = 0; k < in.extraNegatives.rows; ++k)
    if (isUsable(extraNorm[k]))
      scaleRow(in.extraNegatives.row(k), extraNorm[k], columns.centers.unit.row(next++));
  return columns;
}

// Sets the status of every sample; returns those to be scored: the ones of Train, then the ones of Test.
struct Asked {
  std::vector<std::int64_t> train, test;
};

Asked decideStatus(const ScoreInput& in, std::span<const double> inverseNorm, const Columns& columns,
                   data::ScoreTable& table) {
  using data::ScoreStatus;
  Asked asked;
  for (std::int64_t i = 0; i < in.features.rows; ++i) {
    const int id = in.identity[i];
    if (id < 0 || (in.part[id] != Part::Train && in.part[id] != Part::Test)) continue;  // stays NotAsked
    const bool train = in.part[id] == Part::Train;
    const std::int64_t seen =
        train ? columns.trainColumns : static_cast<std::int64_t>(columns.identity.size());
    if (std::isnan(inverseNorm[i])) {
      table.status[i] = ScoreStatus::NotFinite;
    } else if (inverseNorm[i] == 0) {
      table.status[i] = ScoreStatus::ZeroFeature;
    } else if (columns.column[id] < 0 || columns.centers.count[columns.column[id]] < 2) {
      table.status[i] = ScoreStatus::SingleSample;
    } else if (seen < 2) {
      table.status[i] = ScoreStatus::OneIdentity;
    } else {
      table.status[i] = ScoreStatus::Scored;
      (train ? asked.train : asked.test).push_back(i);
    }
  }
  return asked;
}

// Cosine of unit row f to the centroid of column c; with leave-one-out to that of the others, in closed form:
// the sum S of the identity's n features is n * meanNorm * unit, and f's others sum to S - length * f.
double ownCosine(std::span<const float> f, const Centers& centers, std::int32_t c, bool leaveOneOut,
                 double length) {
  const double product = data::dot(f, centers.unit.row(c));
  if (!leaveOneOut) return product;
  const double sumNorm = static_cast<double>(centers.count[c]) * centers.meanNorm[c];
  const double alongSum = product * sumNorm;
  const double restSquared = sumNorm * sumNorm - 2 * length * alongSum + length * length;
  // The others cancel out: they have no direction.
  if (restSquared < 1e-10 * length * length) return 0;
  return std::clamp((alongSum - length) / std::sqrt(restSquared), -1.0, 1.0);
}

double distance(double cosine) { return std::sqrt(std::max(0.0, 2.0 - 2.0 * cosine)); }

class Scorer {
 public:
  Scorer(const ScoreInput& in, const ScoreOptions& options, std::span<const double> inverseNorm,
         const Columns& columns, ScoreOutput& output)
      : in_(in),
        options_(options),
        inverseNorm_(inverseNorm),
        columns_(columns),
        table_(output.table),
        others_(output.others) {
    if (options.others)
      others_.assign(static_cast<std::size_t>(in.features.rows), std::numeric_limits<float>::quiet_NaN());
  }

  // Fills the rows `samples` of the table, compared with the first `seen` columns. Of wanted ones alone whole
  // tiles are done all the same, so that their numbers do not depend on who else is wanted.
  void run(const std::vector<std::int64_t>& all, std::int64_t seen, Progress& progress) {
    const std::int64_t tile = options_.device == Device::Cuda ? kCudaRows : options_.tileRows;
    for (std::int64_t begin = 0; begin < std::ssize(all);) {
      const auto isWanted = [&](std::int64_t i) {
        return in_.wanted.empty() || in_.wanted[static_cast<std::size_t>(i)] != 0;
      };
      std::int64_t end = begin;
      const auto next = [&] { return all.begin() + std::min(end + tile, std::ssize(all)); };
      while (end < std::ssize(all) && std::any_of(all.begin() + end, next(), isWanted)) end += tile;
      end = std::min(end, std::ssize(all));
      if (end > begin) compare({all.begin() + begin, all.begin() + end}, seen, progress);
      begin = end > begin ? end : begin + tile;
    }
  }

 private:
  void compare(const std::vector<std::int64_t>& samples, std::int64_t seen, Progress& progress) {
    const auto own = [&](std::int64_t r) { return columns_.column[in_.identity[samples[r]]]; };
    // The row is in the cache when it is loaded for its tile, so its own cosine is taken there.
    const auto load = [&](std::int64_t r, std::span<float> out) {
      const std::int64_t i = samples[r];
      const bool leaveOut = options_.leaveOneOut && isVoting(in_, i);
      const double length = options_.lengths == data::Lengths::Raw ? 1 / inverseNorm_[i] : 1.0;
      scaleRow(in_.features.row(i), inverseNorm_[i], out);
      table_.own[i] = static_cast<float>(ownCosine(out, columns_.centers, own(r), leaveOut, length));
    };
    const data::MatrixView unit{columns_.centers.unit.values.data(), seen, in_.features.cols};
    const Nearest nearest = nearestOther(
        static_cast<std::int64_t>(samples.size()), load, own, unit,
        {options_.tileRows, options_.tileCols, options_.device == Device::Cuda, options_.others}, progress);
    for (std::size_t r = 0; r < samples.size(); ++r) {
      set(samples[r], nearest.cosine[r], columns_.identity[nearest.column[r]]);
      if (options_.others) others_[samples[r]] = static_cast<float>(nearest.sum[r]);
    }
  }

  void set(std::int64_t i, double hardest, std::int32_t identity) {
    double own = table_.own[i], ratio = 0;
    if (options_.metric == Metric::Cosine) {
      ratio = own / std::max(options_.floor, hardest);
    } else {
      own = distance(own);
      hardest = distance(hardest);
      ratio = hardest / std::max(options_.floor, own);
    }
    table_.own[i] = static_cast<float>(own);
    table_.hardest[i] = static_cast<float>(hardest);
    table_.ratio[i] = static_cast<float>(ratio);
    table_.hardestIdentity[i] = identity;
  }

  const ScoreInput& in_;
  const ScoreOptions& options_;
  std::span<const double> inverseNorm_;
  const Columns& columns_;
  data::ScoreTable& table_;
  std::vector<float>& others_;
};

// The centroids of identities alone (extra negatives have no name to report), and their names.
std::vector<SamePerson> samePeopleAmong(const ScoreInput& in, const Columns& columns,
                                        const ScoreOptions& options, Progress& progress) {
  data::Matrix named(0, columns.centers.unit.cols);
  std::vector<std::int32_t> identity;
  for (std::size_t c = 0; c < columns.identity.size(); ++c) {
    if (columns.identity[c] < 0) continue;
    identity.push_back(columns.identity[c]);
    const auto row = columns.centers.unit.row(static_cast<std::int64_t>(c));
    named.values.insert(named.values.end(), row.begin(), row.end());
  }
  named.rows = static_cast<std::int64_t>(identity.size());
  return findSamePeople(named.view(), identity, in.part, options.nearlySame,
                        {options.tileRows, options.tileCols, options.device == Device::Cuda, false},
                        progress);
}
}  // namespace

ScoreOutput score(const ScoreInput& input, const ScoreOptions& options, Progress& progress) {
  check(input, options);
  ScoreOutput output;
  data::ScoreTable& table = output.table;
  table.method = "dscore";
  table.resize(static_cast<std::size_t>(input.features.rows));

  const std::vector<double> inverseNorm = inverseNorms(input.features);
  progress.throwIfStopped();
  const Columns columns = makeColumns(input, inverseNorm, options.lengths);
  progress.throwIfStopped();
  const Asked asked = decideStatus(input, inverseNorm, columns, table);

  const auto allColumns = static_cast<std::int64_t>(columns.identity.size());
  if (input.compared != nullptr) {
    takeCompared(*input.compared, output);
  } else {
    progress.start("Scoring", static_cast<std::int64_t>(asked.train.size() + asked.test.size()));
    Scorer scorer(input, options, inverseNorm, columns, output);
    scorer.run(asked.train, columns.trainColumns, progress);
    scorer.run(asked.test, allColumns, progress);
    progress.finish();
  }
  // A scored sample's own identity is always one of the columns.
  if (options.others) {
    output.othersCount = std::max<std::int64_t>(0, columns.trainColumns - 1);
    output.othersCountTest = std::max<std::int64_t>(0, allColumns - 1);
  }

  if (!input.wanted.empty()) return output;
  normaliseRatios(table, input.identity, input.part, input.votes);
  std::int64_t voters = 0;
  for (std::size_t i = 0; i < input.identity.size(); ++i) {
    if (table.status[i] != data::ScoreStatus::Scored || !isVoting(input, i)) continue;
    ++voters;
    output.ownMean += table.own[i];
    output.hardestMean += table.hardest[i];
  }
  if (voters > 0) {
    output.ownMean /= static_cast<double>(voters);
    output.hardestMean /= static_cast<double>(voters);
  }
  output.probablySame = samePeopleAmong(input, columns, options, progress);
  return output;
}

}  // namespace discern::discriminability
