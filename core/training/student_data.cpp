#include "core/training/student_data.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "core/base/error.h"
#include "core/base/rng.h"

namespace discern::training {
namespace {

bool regressing(StudentMode mode) { return usesSelection(mode) || mode == StudentMode::Dc; }

void checkOptions(const StudentOptions& o) {
  studentFields().check(o);
  if (o.mode == StudentMode::Init && !o.initFrom.empty())
    fail("mode init starts anew; give the checkpoint {} to one of the modes c, s, sc, dc", o.initFrom);
  if (o.mode == StudentMode::Init && o.epochsInit < 1)
    failField("init-epochs", o.epochsInit, "is at least 1 for the first stage alone");
}

void checkData(const StudentOptions& o, const StudentData& data) {
  const auto count = static_cast<std::size_t>(data.faces.count);
  if (count < 2) fail("{} faces: at least two are needed to train a student", count);
  const auto fits = [count](const auto& list) { return list.empty() || list.size() == count; };
  if (!fits(data.label) || !fits(data.teacherRow) || !fits(data.selected) || !fits(data.landmarks))
    fail(
        "{} faces came with {} labels, {} rows of teacher features and {} marks of selection; one of each "
        "per face, and landmarks of each or of none, were expected",
        count, data.label.size(), data.teacherRow.size(), data.selected.size());
  for (std::size_t i = 0; i < data.label.size(); ++i)
    if (data.label[i] < -1 || data.label[i] >= data.classes)
      fail("face {} has the label {}; -1 (none) to {} were expected", i, data.label[i], data.classes - 1);
  if (data.teacher.rows > 0 && data.teacherRow.empty() && data.teacher.rows != data.faces.count)
    fail("{} faces came with {} rows of teacher features; one per face was expected", count,
         data.teacher.rows);
  for (std::size_t i = 0; i < data.teacherRow.size(); ++i)
    if (data.teacherRow[i] < -1 || data.teacherRow[i] >= data.teacher.rows)
      fail("face {} has row {} of {} rows of teacher features", i, data.teacherRow[i], data.teacher.rows);
  const bool regresses = regressing(o.mode);
  if (regresses && data.teacher.rows == 0)
    fail("mode {} learns from a teacher's features, and none were given; extract them first", nameOf(o.mode));
  if (regresses && o.dims != 0 && o.dims != data.teacher.cols)
    fail("the student is to have {} dims, but the teacher's features have {}; leave dims out, or give {}",
         o.dims, data.teacher.cols, data.teacher.cols);
}

void checkRoles(StudentMode mode, const StudentData& data, const StudentTargets& targets) {
  const auto roles = studentRoles(mode, data, targets);
  std::int64_t classified = 0, regressed = 0;
  for (const auto role : roles) {
    classified += (role & kClassify) != 0 ? 1 : 0;
    regressed += (role & kRegress) != 0 ? 1 : 0;
  }
  if (regressing(mode))
    if (regressed == 0)
      fail("no {}face has teacher features, so mode {} has nothing to learn from; {}",
           mode == StudentMode::Dc ? "" : "selected ", nameOf(mode),
           mode == StudentMode::Dc ? "extract them first" : "select at a smaller lambda");
  if (mode != StudentMode::S && (classified < 2 || data.classes < 2))
    fail(
        "mode {} needs at least two faces of at least two classes, and there are {} of {}; mode s with 0 "
        "epochs of initialisation learns without classes",
        nameOf(mode), classified, data.classes);
  if (mode == StudentMode::S && regressed < 2) fail("one face alone was selected; at least two are needed");
}

}  // namespace

void checkStudent(const StudentOptions& options, const StudentData& data) {
  checkOptions(options);
  checkData(options, data);
}

void checkStudentRoles(const StudentOptions& options, const StudentData& data,
                       const StudentTargets& targets) {
  checkRoles(options.mode, data, targets);
  if (options.mode == StudentMode::S && options.initFrom.empty() && startsOnClasses(options))
    checkRoles(StudentMode::Init, data, targets);
}

std::int64_t StudentTargets::row(std::int64_t face) const {
  return data_.teacherRow.empty() ? face : data_.teacherRow[static_cast<std::size_t>(face)];
}

StudentTargets::StudentTargets(const StudentOptions& options, const StudentData& data)
    : data_(data), factor_(static_cast<std::size_t>(data.faces.count), 0) {
  if (data.teacher.rows == 0) return;
  constexpr double wanted = kTargetNorm * kTargetNorm;
  double sum = 0;
  std::int64_t usable = 0;
  for (std::int64_t face = 0; face < data.faces.count; ++face) {
    if (row(face) < 0) continue;
    double square = 0;
    for (const float value : data.teacher.row(row(face))) square += static_cast<double>(value) * value;
    if (!std::isfinite(square) || !(square > 1e-20)) continue;
    factor_[static_cast<std::size_t>(face)] = static_cast<float>(std::sqrt(wanted / square));
    sum += square / wanted;
    ++usable;
  }
  if (options.target == StudentTarget::Unit || usable == 0) return;
  scale_ = options.target == StudentTarget::AsIs ? 1 : std::sqrt(static_cast<double>(usable) / sum);
  for (auto& factor : factor_)
    if (factor > 0) factor = static_cast<float>(scale_);
}

void StudentTargets::copy(std::int64_t face, float* out) const {
  const float factor = factor_[static_cast<std::size_t>(face)];
  for (const float value : data_.teacher.row(row(face))) *out++ = factor * value;
}

std::uint64_t StudentTargets::hash() const {
  constexpr std::size_t kValues = 16;
  std::uint64_t hash = 0;
  for (std::int64_t face = 0; face < data_.faces.count; ++face) {
    if (!has(face)) continue;
    const auto values = data_.teacher.row(row(face));
    const std::size_t step = std::max<std::size_t>(1, values.size() / kValues);
    std::vector<float> some = {factor_[static_cast<std::size_t>(face)]};
    for (std::size_t d = 0; d < values.size(); d += step) some.push_back(values[d]);
    hash = mixSeed(mixSeed(hash, static_cast<std::uint64_t>(face)),
                   {reinterpret_cast<const char*>(some.data()), some.size() * sizeof(float)});
  }
  return hash;
}

std::vector<unsigned char> studentRoles(StudentMode mode, const StudentData& data,
                                        const StudentTargets& targets) {
  std::vector<unsigned char> roles(static_cast<std::size_t>(data.faces.count), 0);
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const bool labelled = !data.label.empty() && data.label[i] >= 0;
    const bool kept = data.selected.empty() || data.selected[i] != 0 || mode == StudentMode::Dc;
    const bool regresses = regressing(mode);
    if (labelled && mode != StudentMode::S) roles[i] |= kClassify;
    if (regresses && kept && targets.has(static_cast<std::int64_t>(i))) roles[i] |= kRegress;
  }
  return roles;
}

std::vector<unsigned char> studentHoldOut(const StudentOptions& options, const StudentData& data,
                                          const StudentTargets& targets) {
  std::vector<unsigned char> held(static_cast<std::size_t>(data.faces.count), 0);
  if (options.validationShare == 0) return held;
  std::map<int, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < held.size(); ++i) {
    const int label = data.label.empty() ? -1 : data.label[i];
    if (label >= 0 || targets.has(static_cast<std::int64_t>(i))) groups[label].push_back(i);
  }
  for (auto& [label, faces] : groups) {
    Rng rng(mixSeed(mixSeed(options.seed, "validation"), static_cast<std::uint64_t>(label + 1)));
    rng.shuffle(faces);
    // Rounded at random, or small classes would never be asked.
    const double wanted = options.validationShare * static_cast<double>(faces.size());
    const auto count = std::min(static_cast<std::int64_t>(wanted + rng.uniform()),
                                static_cast<std::int64_t>(faces.size()) - 2);
    for (std::int64_t k = 0; k < count; ++k) held[faces[static_cast<std::size_t>(k)]] = 1;
  }
  return held;
}

std::vector<std::vector<std::int64_t>> planStudent(const std::vector<std::int64_t>& faces,
                                                   const std::vector<unsigned char>& roles, int batch,
                                                   std::uint64_t seed, int epoch) {
  std::map<unsigned char, std::vector<std::int64_t>> kinds;
  for (const auto face : faces)
    if (const auto role = roles[static_cast<std::size_t>(face)]; role != 0) kinds[role].push_back(face);
  std::vector<std::tuple<double, unsigned char, std::int64_t>> order;
  for (auto& [role, members] : kinds) {
    Rng rng(mixSeed(mixSeed(mixSeed(seed, "order"), role), static_cast<std::uint64_t>(epoch)));
    rng.shuffle(members);
    const double offset = rng.uniform();
    for (std::size_t k = 0; k < members.size(); ++k)
      order.emplace_back((static_cast<double>(k) + offset) / static_cast<double>(members.size()), role,
                         members[k]);
  }
  std::ranges::sort(order);
  const std::size_t total = order.size(), size = static_cast<std::size_t>(batch);
  // Nearly equal sizes; an odd face never stands alone.
  std::size_t batches = std::max<std::size_t>(1, (total + size - 1) / size);
  if (total / batches < 2 && batches > 1) batches = std::max<std::size_t>(1, total / 2);
  std::vector<std::vector<std::int64_t>> plan(batches);
  for (std::size_t k = 0; k < total; ++k) plan[k * batches / total].push_back(std::get<2>(order[k]));
  return plan;
}

}  // namespace discern::training
