// From raw photographs to faces: each photograph of a data set becomes the face that is meant, with its box
// and its five landmarks. Nothing is cut out and stored: the face is aligned whenever it is read.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/detection/detector.h"
#include "core/detection/findings.h"
#include "core/detection/options.h"

namespace discern::detection {

// A detector with a landmark model behind it where it gives no landmarks itself. One a thread.
class FaceFinder {
 public:
  explicit FaceFinder(const DetectOptions& options);
  // All faces, with landmarks where there are any that make sense. A photograph in which nothing is found is
  // looked at once more with room around it: a face that fills it is larger than detectors expect.
  std::vector<Face> find(const cv::Mat& photograph);
  Kind kind() const { return detector_->kind(); }
  std::string recipe() const;

 private:
  std::unique_ptr<Detector> detector_;
  std::unique_ptr<LandmarkModel> landmarks_;
};

struct Summary {
  int photographs = 0;  // that were asked about
  int missed = 0;       // no face in it: the sample stays, without a face (data/no_face.h)
  int several = 0;      // more than one, of which one was chosen
  int tiny = 0;         // fewer pixels between the eyes than options.tinyEyes
  int cropped = 0;      // faces without landmarks: cut out square, not aligned
  int unreadable = 0;   // left as they are, for the extraction to report
};

// Looks at every sample that has no landmarks yet. One that has a crop (its format's or the person's): only
// faces whose middle lies in it, and "central" is nearest to its middle. samples, templates and problems of
// `set` change; with Choice::All a sample becomes one a face, and a template holds all of them. A sample's
// nuisance gets "detector_score", "faces" (how many there were) and "eyes" (pixels between them). cache:
// where what is found is kept until the end (findings.h), or empty. Uses threadCount() threads; throws
// Cancelled. Frames of videos without a face leave the set, with what is a template of such frames alone:
// that somebody is not always seen is no fault of a video, and each video's problems tell how many they are.
Summary detectFaces(data::Dataset& set, const DetectOptions& options, const std::filesystem::path& cache,
                    Progress& progress);

// Of the faces of one photograph, those that are meant: largest first for All. where: a crop, or all of it.
std::vector<Face> choose(std::vector<Face> faces, Choice choice, const cv::Rect2f& where);

// Why a set of images looks as if it had not been aligned ("their sizes vary ..."); empty where it does not,
// where some have landmarks or a crop, or where nothing can be said. Looks at up to 24 images.
std::string unalignedReason(const data::Dataset& set);

}  // namespace discern::detection
