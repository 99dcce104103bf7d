namespace NetPolTools.Yaml.Text;

/// <summary>Something about a line that explains errors in it.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Line">The line of the whole text.</param>
/// <param name="Column">Where it was found.</param>
/// <param name="FirstColumn">Where the line begins after its indentation; of interest to tabs only.</param>
internal sealed record LineNote(LineNoteKind Kind, int Line, int Column, int FirstColumn);
