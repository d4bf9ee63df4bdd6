#include "assignment.hpp"

#include <algorithm>
#include <limits>

namespace pitchblende::bench {

namespace {

constexpr double k_far = std::numeric_limits<double>::infinity();

class Assignment {
 public:
  explicit Assignment(const std::vector<std::vector<double>>& weights)
      : m_weights(weights),
        m_columns(weights.size() + (weights.empty() ? 0 : weights.front().size())),
        m_of_row(weights.size() + 1),
        m_of_column(m_columns + 1),
        m_row_of(m_columns + 1, 0) {}

  double heaviest() {
    for (size_t row = 1; row <= m_weights.size(); ++row) {
      m_least.assign(m_columns + 1, k_far);
      m_before.assign(m_columns + 1, 0);
      m_used.assign(m_columns + 1, false);
      m_row_of[0] = row;
      size_t at = 0;
      do {
        m_used[at] = true;
        at = nearest(at);
      } while (m_row_of[at] != 0);
      for (; at != 0; at = m_before[at]) {
        m_row_of[at] = m_row_of[m_before[at]];
      }
    }
    return m_of_column[0];
  }

 private:
  // Columns behind the weights are one for each row: unassigned.
  double cost(size_t row, size_t column) const {
    return column < m_columns - m_weights.size() ? -std::max(m_weights[row][column], 0.0) : 0.0;
  }

  // The nearest column that is not used yet, by way of the row that holds the column `via`.
  size_t nearest(size_t via) {
    const size_t from = m_row_of[via];
    double delta = k_far;
    size_t next = 0;
    for (size_t column = 1; column <= m_columns; ++column) {
      if (m_used[column]) {
        continue;
      }
      const double reduced = cost(from - 1, column - 1) - m_of_row[from] - m_of_column[column];
      if (reduced < m_least[column]) {
        m_least[column] = reduced;
        m_before[column] = via;
      }
      if (m_least[column] < delta) {
        delta = m_least[column];
        next = column;
      }
    }
    for (size_t column = 0; column <= m_columns; ++column) {
      if (m_used[column]) {
        m_of_row[m_row_of[column]] += delta;
        m_of_column[column] -= delta;
      } else {
        m_least[column] -= delta;
      }
    }
    return next;
  }

  const std::vector<std::vector<double>>& m_weights;
  size_t m_columns;
  std::vector<double> m_of_row;  // from 1 on
  std::vector<double> m_of_column;
  std::vector<size_t> m_row_of;  // 0: free
  std::vector<double> m_least;
  std::vector<size_t> m_before;
  std::vector<bool> m_used;
};

}  // namespace

double heaviest_assignment(const std::vector<std::vector<double>>& weights) { return Assignment(weights).heaviest(); }

}  // namespace pitchblende::bench
