using NetPolTools.Listing;

namespace NetPolTools.Tests.Support;

/// <summary>What a listed connection is about, and what its notes tell.</summary>
internal static class ConnectionFacts
{
    public static bool IsInCluster(this Connection line) => line.Source.Addresses is null && line.Destination.Addresses is null;

    /// <summary>It says that a node always reaches the pods it runs.</summary>
    public static bool IsOwnNode(this Connection line) => HasNote(line, "from a node to the pods it runs");

    /// <summary>It tells that the answer would be another if ipBlocks matched pods just the other way.</summary>
    public static bool DependsOnIPBlock(this Connection line) => HasNote(line, "ipBlock");

    private static bool HasNote(Connection line, string about) => line.Notes.Any(note => note.Contains(about, StringComparison.Ordinal));
}
