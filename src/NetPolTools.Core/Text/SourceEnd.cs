namespace NetPolTools.Text;

/// <summary>The place behind the last character of a piece of text: line and column, both from 1, in UTF-16 units.</summary>
public readonly record struct SourceEnd(int Line, int Column);
