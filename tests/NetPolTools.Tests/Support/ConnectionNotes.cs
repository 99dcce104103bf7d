using NetPolTools.Listing;

namespace NetPolTools.Tests.Support;

/// <summary>What the notes of a listed connection tell.</summary>
internal static class ConnectionNotes
{
    /// <summary>That a pod and the node it runs on may always talk.</summary>
    public static bool IsOwnNode(this Connection line) => line.Notes.Any(static note => note.Contains("the node it runs on", StringComparison.Ordinal));

    /// <summary>That the answer would be another if ipBlocks matched pods just the other way.</summary>
    public static bool HangsOnIPBlock(this Connection line) => line.Notes.Any(static note => note.Contains("ipBlock", StringComparison.Ordinal));
}
