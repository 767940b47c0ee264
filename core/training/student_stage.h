// One stage of a student's training: the first, or a mode of the second. Includes LibTorch.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/networks/heads.h"
#include "core/networks/student.h"
#include "core/training/loop.h"
#include "core/training/student_data.h"
#include "core/training/student_loss.h"

namespace discern::training {

// All that learns. Regression alone has no head.
struct StudentLearner : torch::nn::Module {
  StudentLearner(std::shared_ptr<networks::Student> s, std::shared_ptr<networks::Head> h)
      : student(register_module("student", std::move(s))), head(std::move(h)) {
    if (head) register_module("head", head);
  }
  std::shared_ptr<networks::Student> student;
  std::shared_ptr<networks::Head> head;
};

class StudentStage {
 public:
  StudentStage(const StudentOptions& options, const StudentData& data, const StudentTargets& targets,
               const std::vector<unsigned char>& held, FaceStore& store, Progress& progress, Ranks* ranks);

  // `epochsBefore`: of an earlier stage, for the curves and the perturbations.
  StudentResult run(const std::filesystem::path& checkpoint, const std::string& dataHash, int epochsBefore);

 private:
  bool isFirst() const { return options_.mode == StudentMode::Init; }
  int epochs() const { return isFirst() ? options_.epochsInit : options_.epochs; }
  bool classifies() const { return options_.mode != StudentMode::S; }
  bool regresses() const { return options_.mode != StudentMode::C && !isFirst(); }

  void build();
  void startFrom(const std::string& file);
  void fitMimic();
  Task task(const std::string& dataHash, int epochsBefore);
  Drawing drawing(int epoch, bool plain) const;
  // That a variant moves; null: the template's.
  const data::Landmarks* landmarksOf(std::int64_t face) const;
  StudentPart classes(const std::vector<std::int64_t>& faces, bool all) const;
  StudentPart targets(const std::vector<std::int64_t>& faces, bool all) const;
  std::vector<torch::Tensor> outputs(const torch::Tensor& images) const;
  torch::Tensor loss(const std::vector<torch::Tensor>& outputs, const std::vector<std::int64_t>& faces,
                     Memory& memory);
  void endEpoch(int step, int epoch, double trainLoss, Memory& memory);
  std::map<std::string, double> validate();
  void save(const std::filesystem::path& checkpoint, const std::string& dataHash,
            const StudentResult& result);

  const StudentOptions& options_;
  const StudentData& data_;
  const StudentTargets& targets_;
  std::vector<unsigned char> roles_;
  FaceStore& store_;
  Progress& progress_;
  Ranks* ranks_;  // null: alone
  torch::Device device_;
  std::vector<std::int64_t> train_, validation_;
  std::shared_ptr<StudentLearner> learner_;
  std::uint64_t start_ = 0;    // hash of the weights it starts from
  bool knowsTeacher_ = false;  // they learned from one
};

// The options and the data of a first stage as text: modes for which it is equal share one.
std::string firstStageOf(const StudentOptions& options, const std::string& dataHash);

}  // namespace discern::training
