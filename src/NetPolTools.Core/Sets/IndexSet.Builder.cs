namespace NetPolTools.Sets;

public sealed partial class IndexSet
{
    /// <summary>Collects members in ascending order.</summary>
    public sealed class Builder
    {
        // Most sets are within one word; lists are for what comes before it.
        private List<int>? _positions;
        private List<ulong>? _words;
        private int _position;
        private ulong _word;

        /// <param name="index">Not smaller than any before.</param>
        public void Add(int index)
        {
            MoveTo(index >> 6);
            _word |= 1UL << (index & 63);
        }

        /// <summary>Every number from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
        public void AddRange(int start, int end)
        {
            while (start < end)
            {
                var next = Math.Min(end, (start | 63) + 1);
                MoveTo(start >> 6);
                _word |= (ulong.MaxValue << (start & 63)) & (ulong.MaxValue >> (63 - ((next - 1) & 63)));
                start = next;
            }
        }

        public IndexSet Build()
        {
            if (_word == 0)
                return Empty;
            return _positions is null || _words is null
                ? new IndexSet([_position], [_word])
                : new IndexSet([.. _positions, _position], [.. _words, _word]);
        }

        private void MoveTo(int position)
        {
            if (_word != 0 && _position < position)
            {
                (_positions ??= []).Add(_position);
                (_words ??= []).Add(_word);
                _word = 0;
            }

            _position = position;
        }
    }
}
