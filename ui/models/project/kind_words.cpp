#include "ui/models/project/kind_words.h"

#include <memory>

#include "ui/language/words.h"

namespace discern::ui {

QString inWords(const data::GroupKind& kind, QString text) {
  if (!text.contains('{')) return text;
  const auto put = [&text](const std::string& place, const QString& word) {
    text.replace(QString::fromStdString('{' + place + '}'), word);
    text.replace(QString::fromStdString('{' + data::capital(place) + '}'),
                 word.left(1).toUpper() + word.mid(1));
  };
  const auto putBoth = [&put](const std::string& one, const std::string& many, const data::Word& word) {
    const QString plural = engineText(word.many);
    put(one, engineText(word.one));
    put(many, plural);
    // For languages that have one: "in {samples+n}" are "in Bildern".
    put(many + "+n", plural.endsWith('n') || plural.endsWith('s') ? plural : plural + 'n');
    const bool isVowel = std::string("aeiou").find(word.one[0]) != std::string::npos;
    put("a " + one, engineText((isVowel ? "an " : "a ") + word.one));
  };
  putBoth("sample", "samples", kind.sample);
  putBoth("subject", "subjects", kind.subject);
  putBoth("group", "groups", kind.group);
  putBoth("identity", "identities", kind.identity);
  return text;
}

void followKind(Session& session, QObject* owner, const std::function<void(const data::GroupKind&)>& say) {
  auto said = std::make_shared<const data::GroupKind*>(&session.kind());
  say(session.kind());
  const auto look = [&session, said, say] {
    if (*said == &session.kind()) return;
    *said = &session.kind();
    say(session.kind());
  };
  QObject::connect(&session, &Session::projectChanged, owner, look);
  QObject::connect(&session, &Session::snapshotChanged, owner, look);
}

}  // namespace discern::ui
