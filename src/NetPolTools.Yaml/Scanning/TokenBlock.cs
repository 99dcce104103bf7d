using YamlDotNet.Core;

namespace NetPolTools.Yaml.Scanning;

/// <summary>
/// Some tokens of the scanner in a row, and between them what happened: a <see cref="TextPart"/> that begins, its <see cref="PartEnd"/>, a
/// <see cref="Text.LineNote"/> or a <see cref="ScanFailure"/>. Behind the last token of a part stands null.
/// </summary>
internal sealed class TokenBlock
{
    private Entry[] _entries = new Entry[64];

    public int Count { get; private set; }

    /// <summary>Whether no other block follows.</summary>
    public bool IsLast { get; set; }

    public object? this[int index] => _entries[index].Item;

    /// <summary>Where the scanner stood when it had found what has this index.</summary>
    public Mark PositionAt(int index) => _entries[index].Position;

    public void Add(object? item, Mark position)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        ref var entry = ref _entries[Count++];
        entry.Item = item;
        entry.Position = position;
    }

    /// <summary>Makes it ready for other tokens, and lets go of the old ones.</summary>
    public void Clear()
    {
        Array.Clear(_entries, 0, Count);
        Count = 0;
        IsLast = false;
    }

    private struct Entry
    {
        public object? Item;
        public Mark Position;
    }
}
