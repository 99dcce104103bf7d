namespace NetPolTools.Yaml.Scanning;

/// <summary>What is known of a part once the scanner has all its characters; told before the tokens that its last characters make.</summary>
/// <param name="Line">The line of the whole text in which it ends.</param>
/// <param name="Column">The column behind its last character.</param>
/// <param name="Length">Its characters.</param>
/// <param name="HasContent">Whether it holds more than blank lines, comments and directives.</param>
internal sealed record PartEnd(int Line, int Column, long Length, bool HasContent);
