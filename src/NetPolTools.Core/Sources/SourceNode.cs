namespace NetPolTools.Sources;

/// <summary>What a node of a document is.</summary>
public enum SourceNodeKind
{
    Scalar,
    Map,
    List,

    /// <summary>It refers to a node elsewhere.</summary>
    Alias,
}

/// <summary>A node of YAML or JSON, and where in the text it stands. Positions are offsets in UTF-16 units, the end behind the last of them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character, an anchor or a tag included.</param>
/// <param name="End">Behind its last character; comments and blanks that follow are not part of it.</param>
public sealed record SourceNode(SourceNodeKind Kind, int Start, int End)
{
    /// <summary>The text of a scalar, without quotes and escapes; empty for others.</summary>
    public string Value { get; init; } = "";

    /// <summary>Whether braces, brackets or quotes delimit it.</summary>
    public bool IsDelimited { get; init; }

    /// <summary>Whether others may refer to it, so that a change of it changes them, too.</summary>
    public bool HasAnchor { get; init; }

    /// <summary>Of a map, in the order of the text.</summary>
    public IReadOnlyList<SourceEntry> Entries { get; init; } = [];

    /// <summary>Of a list.</summary>
    public IReadOnlyList<SourceNode> Items { get; init; } = [];

    /// <summary>The value of a key; null where there is none, or two.</summary>
    public SourceNode? this[string key]
    {
        get
        {
            SourceNode? found = null;
            foreach (var entry in Entries)
            {
                if (entry.Key.Kind != SourceNodeKind.Scalar || entry.Key.Value != key)
                    continue;
                if (found is not null)
                    return null;
                found = entry.Value;
            }

            return found;
        }
    }
}

/// <summary>A key of a map and its value.</summary>
public sealed record SourceEntry(SourceNode Key, SourceNode Value);

/// <summary>
/// The documents of a text as nodes, as far as its syntax is right. Core has no YAML parser of its own.
/// </summary>
public delegate IReadOnlyList<SourceNode> SourceParser(string text);
