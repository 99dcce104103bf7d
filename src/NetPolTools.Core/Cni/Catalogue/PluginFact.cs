namespace NetPolTools.Cni.Catalogue;

/// <summary>Where the catalogue has something from.</summary>
/// <param name="Source">A repository and path, a document, or a thread; several are divided by semicolons.</param>
/// <param name="IsVerified">Whether someone read it there; otherwise it is inferred, or passed on by others.</param>
public sealed record PluginFact(string Source, bool IsVerified);
