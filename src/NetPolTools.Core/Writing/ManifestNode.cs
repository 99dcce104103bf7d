using NetPolTools.Reading;

namespace NetPolTools.Writing;

/// <summary>A value of a manifest with everything that was written in it: a scalar, a list or a map. Equal by content and order.</summary>
public abstract record ManifestNode;

/// <param name="Kind">String, Number, Boolean or Null.</param>
/// <param name="Text">The text of a string, otherwise what JSON writes.</param>
public sealed record ManifestScalar(ManifestTokenKind Kind, string Text) : ManifestNode
{
    public static ManifestScalar Of(string text) => new(ManifestTokenKind.String, text);
}

public sealed record ManifestList(IReadOnlyList<ManifestNode> Items) : ManifestNode
{
    public bool Equals(ManifestList? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Aggregate(Items.Count, HashCode.Combine);
}

/// <param name="Fields">In the order written, each name once.</param>
public sealed record ManifestMap(IReadOnlyList<KeyValuePair<string, ManifestNode>> Fields) : ManifestNode
{
    public static readonly ManifestMap Empty = new([]);

    /// <summary>The value of a field; null where there is no such field.</summary>
    public ManifestNode? this[string name]
    {
        get
        {
            foreach (var field in Fields)
            {
                if (field.Key == name)
                    return field.Value;
            }

            return null;
        }
    }

    /// <summary>The string that a field of this map, or of a map in it, holds; null for anything else.</summary>
    public string? Text(string name, params ReadOnlySpan<string> inner)
    {
        ManifestNode? found = this[name];
        foreach (var next in inner)
            found = (found as ManifestMap)?[next];
        return found is ManifestScalar { Kind: ManifestTokenKind.String } text ? text.Text : null;
    }

    public bool Equals(ManifestMap? other) => other is not null && Fields.SequenceEqual(other.Fields);

    public override int GetHashCode() => Fields.Aggregate(Fields.Count, HashCode.Combine);
}
