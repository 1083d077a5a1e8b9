//! Takes pairs of indices, returns the sets that they make.

/// Disjoint sets over `0..len`; the representative of a set is its smallest index, whatever the
/// order of the unions (petgraph's own union-find chooses by rank, which depends on it).
pub(super) struct UnionFind {
    parent: Vec<usize>,
}

impl UnionFind {
    pub(super) fn new(len: usize) -> Self {
        Self {
            parent: (0..len).collect(),
        }
    }

    /// Gives the smallest index of the set; an index out of range is its own.
    pub(super) fn find(&mut self, index: usize) -> usize {
        let mut root = index;
        while let Some(&parent) = self.parent.get(root)
            && parent != root
        {
            root = parent;
        }
        let mut at = index;
        while at != root
            && let Some(parent) = self.parent.get_mut(at)
        {
            at = std::mem::replace(parent, root);
        }
        root
    }

    /// Joins two sets; tells whether they were two.
    pub(super) fn union(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        if let Some(parent) = self.parent.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
        a != b
    }
}
