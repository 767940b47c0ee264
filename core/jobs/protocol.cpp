#include "core/jobs/protocol.h"

#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<ProtocolOptions>& drawFields() {
  static const Fields<ProtocolOptions> fields = [] {
    using O = ProtocolOptions;
    Fields<O> f;
    f.add("name", &O::name, "Name", "Of the protocol").must([](const Field& field, const std::string& text) {
      if (text.empty()) failField(field.name.c_str(), "", "is empty; name the protocol");
    });
    f.add("role", &O::role, "Identities",
          "What it is made of; test identities were never trained on, and a number should come from those");
    f.add("size", &O::size, "Images a template", "Identities with fewer are left out").within(1, 100000);
    f.add("templates-per-identity", &O::templatesPerIdentity, "Templates an identity",
          "0: as many as fit without using an image twice")
        .within(0, 1000000);
    f.add("degraded", &O::degraded, "Degraded share",
          "Share of each template's images that are replaced by degraded copies")
        .within(0, 1);
    addDegradation(f, &O::kinds, &O::minStrength, &O::maxStrength);
    f.add("impostors", &O::impostors, "Impostor pairs", "At most this many, drawn evenly; 0: all").atLeast(0);
    f.add("seed", &O::seed, "Seed", "The same seed makes the same protocol");
    return f;
  }();
  return fields;
}

const Fields<ProtocolJobOptions>& protocolFields() {
  static const Fields<ProtocolJobOptions> fields = [] {
    using O = ProtocolJobOptions;
    Fields<O> f;
    f.include(&O::draw, drawFields());
    f.add("from", &O::from, "From", "Instead: a protocol with folds, of which some are taken")
        .whenEmpty("templates are made")
        .from(FieldSource::Protocols);
    f.add("folds", &O::folds, "Folds", "Of that protocol: comma-separated, counted from 1")
        .within(1, 1 << 20);
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs
