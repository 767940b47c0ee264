// distil: from a teacher's features to a small student.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "core/base/field.h"
#include "core/training/options.h"

namespace discern::jobs {

struct DistilOptions {
  // size, mode, epochs ...; dims, teacher and initFrom are filled in by the job.
  training::StudentOptions training;
  std::string name;  // of the network; empty: "S-16-sc", and "S-16-sc-tuned" with initFrom
  std::vector<std::string>
      teacher;  // feature tables; several are an ensemble (unit features side by side); empty: the newest
  std::string selection = "selection";                       // modes s and sc
  double lambda = std::numeric_limits<double>::quiet_NaN();  // raw; NaN: the one that keeps the share `keep`
  double keep = 0.8;
  // A student of the project or a checkpoint of one, whose weights are the start; empty: the first stage.
  std::string initFrom;
  std::string set;    // only its faces are learned from; empty: those of all sets
  int minImages = 2;  // classes are training identities with so many images
  bool pool = true;   // regression also draws on pool identities, single images included: it needs no labels
  std::vector<std::string>
      protocols;  // verified afterwards; empty: every protocol of single images with pairs of both kinds
  bool replace = false;  // a student that is finished under that name
};
const Fields<DistilOptions>& distilFields();

}  // namespace discern::jobs
