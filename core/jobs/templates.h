// templates: how each template of a protocol matches, the worst first.
#pragma once

#include <string>

#include "core/aggregation/aggregate.h"
#include "core/base/field.h"
#include "core/data/lengths.h"
#include "core/evaluation/template_order.h"

namespace discern::jobs {

struct TemplatesOptions {
  std::string protocol;  // empty: the operating point's
  std::string features;  // empty: the newest
  std::string scores;    // empty: the newest where templates have several images
  std::string weights;   // another table that weighs what stays; empty: none
  aggregation::Rescale rescale = aggregation::Rescale::Auto;
  data::Lengths lengths = data::Lengths::Unit;  // of the features that a template is the mean of
  double threshold = 0.15;                      // DDL keeps samples with a score above this
  double far = 1e-3;                            // at which is accepted
  evaluation::TemplateOrder sort = evaluation::TemplateOrder::WorstGenuine;
  int limit = 20;      // rows; 0: all
  bool point = false;  // what is not given comes from the project's operating point
  std::string csv;     // file with all templates; empty: none
};
const Fields<TemplatesOptions>& templatesFields();

}  // namespace discern::jobs
