using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Output;

/// <summary>What a network plugin does not do as policies say, or not quite.</summary>
public sealed class NetPolCniLimit
{
    private readonly string _text;

    internal NetPolCniLimit(AppliedLimit limit)
        : this(limit.Plugin, limit.Limit)
    {
        _text = limit.ToString();
        Support = limit.Support.ToString();
    }

    internal NetPolCniLimit(string plugin, PluginLimit limit)
    {
        _text = $"{plugin}: {limit.Text}";
        Plugin = plugin;
        Feature = limit.Feature.ToString();
        Support = limit.Support.ToString();
        Text = limit.Text;
        From = limit.From?.Text ?? "";
        Until = limit.Until?.Text ?? "";
        Source = limit.Fact.Source;
        IsVerified = limit.Fact.IsVerified;
    }

    public string Plugin { get; }

    /// <summary>The feature of policies that it is about.</summary>
    public string Feature { get; }

    /// <summary>No, Partial, or Unknown where it depends on something that the input does not show.</summary>
    public string Support { get; }

    /// <summary>What happens.</summary>
    public string Text { get; }

    /// <summary>The version that brought it; empty for the first one.</summary>
    public string From { get; }

    /// <summary>The version that lifted it; empty for none yet.</summary>
    public string Until { get; }

    /// <summary>Where the catalogue has it from.</summary>
    public string Source { get; }

    /// <summary>Whether that was read there; otherwise it is inferred.</summary>
    public bool IsVerified { get; }

    public override string ToString() => _text;
}
