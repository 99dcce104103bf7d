namespace NetPolTools.Intents;

/// <summary>What an intent asks for.</summary>
public enum IntentKind
{
    /// <summary>Every source reaches every destination, on each of the ports.</summary>
    Allowed,

    /// <summary>No source reaches any destination on any of the ports.</summary>
    Denied,

    /// <summary>Every source reaches every destination on each of the ports, and on no other.</summary>
    Only,

    /// <summary>What no intent of the file allows with these ends is not reachable.</summary>
    NothingElse,
}
