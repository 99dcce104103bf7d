namespace NetPolTools.Yaml.Text;

internal enum LineNoteKind
{
    /// <summary>A tab stands before the first other character of the line.</summary>
    TabIndentation,

    /// <summary>The line holds <c>{{</c>.</summary>
    Template,

    /// <summary>The line begins with a dash or bullet of typography, where a list item begins with a hyphen.</summary>
    OddDash,
}
