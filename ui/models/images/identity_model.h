// The identities with what their images' scores say about them.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <memory>
#include <vector>

#include "ui/models/images/sample_table.h"

namespace discern::ui {

class IdentityModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Name, Images, MeanScore, BelowShare, RoleColumn, Set, State, Columns };
  enum Role { IdentityRole = Qt::UserRole, SortRole };

  using QAbstractTableModel::QAbstractTableModel;

  void set(std::shared_ptr<const SampleTable> table);
  int identityAt(int row) const { return rows_[static_cast<std::size_t>(row)].identity; }
  int rowOf(int identity) const;                      // -1: not listed (merged into another)
  bool contains(int row, const QString& text) const;  // in its name, set, role or state
  // Of sorting by that column: below 0, 0, above 0; what has no number is no less than anything.
  int compare(int a, int b, int column) const;
  bool hasNumber(int row, int column) const;  // true for a text

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  struct Row {
    int identity = -1;
    int images = 0, copies = 0, scored = 0;  // copies: degraded ones; in no other number here
    double mean = 0, below = 0;              // NaN when nothing is scored
    int merged = 0;                          // other names counted here
  };
  QString text(const Row& row, int column) const;

  std::shared_ptr<const SampleTable> table_ = std::make_shared<const SampleTable>();
  std::vector<Row> rows_;
  mutable std::vector<int> namePlaces_;  // of the rows among the sorted names; empty: not asked for
};

// Sorts by value and shows the names (or sets) that contain a text.
class IdentityProxy : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  explicit IdentityProxy(IdentityModel& model, QObject* parent = nullptr);
  void setText(const QString& text);

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  QString text_;
};

}  // namespace discern::ui
