namespace NetPolTools.Reading;

/// <summary>
/// What values meant that were read before, by their text: a hundred thousand pods have a few hundred specs, and one object for equal selectors and labels
/// saves more than the reading. Values that are too long, too many or hardly ever the same are read each time. Not thread safe.
/// </summary>
/// <remarks>Hot: a table of its own, because a dictionary would first need the text as an object.</remarks>
internal sealed class ValueMemo<T>
    where T : class
{
    private const int MaxLength = 4096;
    private const int MaxCount = 1 << 16;

    // Where values are all different, looking for them is wasted: after so many looks, one in four has to find something.
    private const int TrialLooks = 4096;

    private Entry[] _entries = new Entry[256];
    private int _count;
    private int _looks;
    private int _finds;

    /// <summary>Gives the meaning of the value that the reader stands on, if it was read before and is known by its text.</summary>
    /// <param name="tokens">Stands on a value.</param>
    /// <param name="value">Its meaning.</param>
    /// <param name="text">For <see cref="Add"/>, once the meaning is known; null where it is not to be remembered.</param>
    public bool TryGet(ManifestTokenReader tokens, out T? value, out ValueText? text)
    {
        (value, text) = (null, null);
        if ((_looks > TrialLooks && _finds * 4 < _looks) || !tokens.TryGetRaw(out var raw, out var column) || raw.Length > MaxLength)
            return false;
        _looks++;
        var hash = Hash(raw, column);
        for (var slot = (int)hash & (_entries.Length - 1); _entries[slot].Text.Bytes is { } known; slot = (slot + 1) & (_entries.Length - 1))
        {
            if (_entries[slot].Hash != hash || _entries[slot].Text.Column != column || !raw.SequenceEqual(known))
                continue;
            _finds++;
            value = _entries[slot].Value;
            return true;
        }

        if (_count < MaxCount)
            text = new ValueText(raw.ToArray(), column);
        return false;
    }

    /// <param name="text">As <see cref="TryGet"/> gave it.</param>
    /// <param name="value">Of a value without mistakes.</param>
    public void Add(ValueText text, T value)
    {
        if (++_count * 2 > _entries.Length)
            Grow();
        Put(new Entry { Hash = Hash(text.Bytes, text.Column), Text = text, Value = value });
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes, int column) => StringPool.Hash(bytes) + (ulong)column;

    private void Put(Entry entry)
    {
        var slot = (int)entry.Hash & (_entries.Length - 1);
        while (_entries[slot].Text.Bytes is not null)
            slot = (slot + 1) & (_entries.Length - 1);
        _entries[slot] = entry;
    }

    private void Grow()
    {
        var entries = _entries;
        _entries = new Entry[entries.Length * 2];
        foreach (var entry in entries)
        {
            if (entry.Text.Bytes is not null)
                Put(entry);
        }
    }

    private struct Entry
    {
        public ulong Hash;
        public ValueText Text;
        public T Value;
    }
}

/// <summary>What a value is known by.</summary>
/// <param name="Bytes">Its text.</param>
/// <param name="Column">Where it begins in its line, if that matters.</param>
internal readonly record struct ValueText(byte[] Bytes, int Column);
