using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>What stands behind an arrow: ports, and words around them.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Ports">On which ports.</param>
/// <param name="OnSomePort">Whether one of them will do.</param>
internal readonly record struct IntentWords(IntentKind Kind, AskedPorts Ports, bool OnSomePort)
{
    public const string Nothing = "nothing";
    public const string NothingElse = "nothing else";
    public const string Everything = "everything";
    public const string Any = "any port";

    private const string Only = " only";
    private const string Not = "not ";

    /// <summary>What is asked for where nothing stands there.</summary>
    public static readonly IntentWords None = new(IntentKind.Allowed, AskedPorts.All, true);

    /// <param name="text"><c>TCP 5432</c>, <c>TCP 5432 only</c>, <c>not TCP 22</c>, <c>nothing</c>, <c>any port</c>.</param>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static IntentWords Parse(string text)
    {
        text = text.Trim();
        if (text is "" or Any)
            return None;
        if (text == Nothing)
            return new IntentWords(IntentKind.Denied, AskedPorts.All, false);
        var kind = IntentKind.Allowed;
        if (text.EndsWith(Only, StringComparison.Ordinal))
            (kind, text) = (IntentKind.Only, text[..^Only.Length].TrimEnd(','));
        else if (text.StartsWith(Not, StringComparison.Ordinal))
            (kind, text) = (IntentKind.Denied, text[Not.Length..]);
        return new IntentWords(kind, ParsePorts([text]), false);
    }

    /// <summary>Ports as they stand in a list, or alone.</summary>
    /// <exception cref="FormatException">One of them is none.</exception>
    public static AskedPorts ParsePorts(IReadOnlyCollection<string> texts)
    {
        // Where names alone are given, no number is asked about.
        var ports = PortNotation.Parse(texts, []);
        return ports.Names.Count == texts.Count && texts.Count > 0 ? ports with { Numbers = PortSet.None } : ports;
    }
}
