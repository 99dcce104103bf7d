using System.Globalization;
using System.Text;

namespace NetPolTools.Reading;

/// <summary>A path to a field as the API server writes it: <c>spec.ingress[0].from[1].ipBlock.cidr</c>. Grows and shrinks with the reading.</summary>
/// <remarks>Kept as segments and written out only when a diagnostic needs it: most paths are never shown.</remarks>
public sealed class FieldPath
{
    private readonly List<Segment> _segments = [];

    public int Depth => _segments.Count;

    /// <summary>Undoes every push since the path had this depth.</summary>
    public void PopTo(int depth) => _segments.RemoveRange(depth, _segments.Count - depth);

    public void Push(string field) => _segments.Add(new Segment(field, -1));

    public void Push(int index) => _segments.Add(new Segment(null, index));

    public void Pop() => _segments.RemoveAt(_segments.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var segment in _segments)
        {
            if (segment.Field is null)
                text.Append('[').Append(segment.Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            else if (text.Length > 0)
                text.Append('.').Append(segment.Field);
            else
                text.Append(segment.Field);
        }

        return text.ToString();
    }

    private readonly record struct Segment(string? Field, int Index);
}
