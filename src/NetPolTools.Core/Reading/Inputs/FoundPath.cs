namespace NetPolTools.Reading;

/// <summary>A file that a folder or a wildcard stands for, or a folder on the way that cannot be listed.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Failure">Why the folder cannot be listed; null for a file.</param>
internal readonly record struct FoundPath(string Path, Exception? Failure = null);
