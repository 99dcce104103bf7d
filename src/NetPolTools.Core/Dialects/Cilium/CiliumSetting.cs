using System.Collections.Immutable;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Where the value of a setting is from.</summary>
public enum CiliumSettingOrigin
{
    /// <summary>Nothing says otherwise than Cilium does by default.</summary>
    Default,

    /// <summary>The input does not tell, and has policies that are of no use otherwise.</summary>
    Assumed,

    /// <summary>The ConfigMap cilium-config of the input.</summary>
    ConfigMap,

    /// <summary>The question.</summary>
    Given,
}

/// <summary>A setting of Cilium that changes answers: a key of the ConfigMap cilium-config.</summary>
/// <param name="Key">As the ConfigMap writes it.</param>
/// <param name="Default">What Cilium takes where the ConfigMap does not have it (cilium/cilium: pkg/option/config.go).</param>
/// <param name="Values">All there are; empty where it may be any text.</param>
public sealed record CiliumSettingKey(string Key, string Default, ImmutableArray<string> Values)
{
    private const string Separators = ", ";

    /// <summary>Whether a value is a list of several of <see cref="Values"/>.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether Cilium takes a value.</summary>
    public bool Takes(string value) => Values.IsEmpty
        || (IsList ? Words(value).All(word => Values.Contains(word)) : IsSwitch ? CiliumSettings.Switch(value) is not null : Values.Contains(value));

    /// <summary>What it may be, for messages.</summary>
    public string Expected => IsList ? $"{string.Join(" and ", Values)}, with a comma between them, or nothing" : string.Join(" or ", Values);

    /// <summary>The parts of a list.</summary>
    public static string[] Words(string value) => value.Split([.. Separators], StringSplitOptions.RemoveEmptyEntries);

    private bool IsSwitch => Values.Contains("true");
}

/// <summary>A setting of Cilium as an answer goes by it.</summary>
public sealed record CiliumSetting(string Key, string Value, CiliumSettingOrigin Origin)
{
    /// <summary><c>enable-policy=always (ConfigMap cilium-config)</c>.</summary>
    public override string ToString() => $"{Key}={Value} ({Words(Origin)})";

    private static string Words(CiliumSettingOrigin origin) => origin switch
    {
        CiliumSettingOrigin.Given => "given",
        CiliumSettingOrigin.ConfigMap => "ConfigMap cilium-config",
        CiliumSettingOrigin.Assumed => "taken to be so, since policies of the input need it",
        _ => "default",
    };
}
