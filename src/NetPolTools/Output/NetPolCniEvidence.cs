using NetPolTools.Cni;

namespace NetPolTools.Output;

/// <summary>An object of the input that identifies a network plugin.</summary>
public sealed class NetPolCniEvidence
{
    private readonly string _text;

    internal NetPolCniEvidence(PluginEvidence piece)
    {
        _text = piece.IsHint ? $"hint: {piece}" : piece.ToString();
        Object = piece.Object.ToString();
        What = piece.What;
        Plugin = piece.Plugin;
        IsHint = piece.IsHint;
        Location = piece.Location.IsKnown ? piece.Location.ToString() : "";
        Source = piece.Fact.Source;
        IsVerified = piece.Fact.IsVerified;
    }

    /// <summary>Kind, namespace and name.</summary>
    public string Object { get; }

    /// <summary>What about it tells; empty for its name alone.</summary>
    public string What { get; }

    public string Plugin { get; }

    /// <summary>Whether it proves nothing alone.</summary>
    public bool IsHint { get; }

    /// <summary>Where it stands, as file:line:column; empty for objects.</summary>
    public string Location { get; }

    /// <summary>Where the catalogue knows from that it tells.</summary>
    public string Source { get; }

    /// <summary>Whether that was read there; otherwise it is inferred.</summary>
    public bool IsVerified { get; }

    public override string ToString() => _text;
}
