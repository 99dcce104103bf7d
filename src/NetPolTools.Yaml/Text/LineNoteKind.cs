namespace NetPolTools.Yaml.Text;

internal enum LineNoteKind
{
    /// <summary>A tab stands before the first other character of the line.</summary>
    TabIndentation,

    /// <summary>The line holds <c>{{</c>.</summary>
    Template,
}
