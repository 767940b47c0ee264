// How results say what was done, the same in every command's text.
#pragma once

#include <string>

#include "core/data/lengths.h"
#include "core/evaluation/cost.h"

namespace discern::app {

inline std::string lengthsText(data::Lengths lengths) {
  return lengths == data::Lengths::Raw ? "as they are" : "of length 1";
}

// Behind a word on features.
inline std::string flipText(bool flip) { return flip ? ", those of the mirrored images added" : ""; }

// A line of its own where the scores are told from the labels that are evaluated; empty: they are predicted.
std::string trueScoresText(bool are, const std::string& scores);

// "39.65 MMACs (79.30 MFLOPs)": literature says FLOPs for both.
std::string computeText(double macs);

}  // namespace discern::app
