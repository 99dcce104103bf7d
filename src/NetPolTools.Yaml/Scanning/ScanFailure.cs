using System.Runtime.ExceptionServices;

namespace NetPolTools.Yaml.Scanning;

/// <summary>What was thrown while tokens were made, to be thrown where the parser comes to it.</summary>
/// <param name="Exception">As it was thrown.</param>
/// <param name="IsOfReader">Whether the text reader failed, or we did, behind which nothing comes; otherwise the text is at fault.</param>
internal sealed record ScanFailure(ExceptionDispatchInfo Exception, bool IsOfReader);
