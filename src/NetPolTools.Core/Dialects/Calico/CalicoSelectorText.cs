using System.Text;

namespace NetPolTools.Dialects.Calico;

/// <summary>Selectors in the form in which Calico writes them.</summary>
internal static class CalicoSelectorText
{
    public static string Of(CalicoSelector selector)
    {
        var text = new StringBuilder();
        Append(text, selector);
        return text.ToString();
    }

    private static void Append(StringBuilder text, CalicoSelector selector)
    {
        switch (selector)
        {
            case CalicoSelector.All:
                text.Append("all()");
                break;
            case CalicoSelector.Global:
                text.Append("global()");
                break;
            case CalicoSelector.Label label:
                AppendLabel(text, label);
                break;
            case CalicoSelector.Not not:
                text.Append('!');
                Append(text, not.Part);
                break;
            case CalicoSelector.And and:
                AppendAll(text, and.Operands, " && ");
                break;
            case CalicoSelector.Or or:
                AppendAll(text, or.Operands, " || ");
                break;
        }
    }

    private static void AppendAll(StringBuilder text, IReadOnlyList<CalicoSelector> operands, string between)
    {
        text.Append('(');
        for (var i = 0; i < operands.Count; i++)
        {
            if (i > 0)
                text.Append(between);
            Append(text, operands[i]);
        }

        text.Append(')');
    }

    private static void AppendLabel(StringBuilder text, CalicoSelector.Label label)
    {
        if (label.Test == CalicoLabelTest.Has)
        {
            text.Append("has(").Append(label.Key).Append(')');
            return;
        }

        text.Append(label.Key).Append(label.Test switch
        {
            CalicoLabelTest.Equal => " == ",
            CalicoLabelTest.NotEqual => " != ",
            CalicoLabelTest.In => " in ",
            CalicoLabelTest.NotIn => " not in ",
            CalicoLabelTest.Contains => " contains ",
            CalicoLabelTest.StartsWith => " starts with ",
            _ => " ends with ",
        });
        if (label.Test is CalicoLabelTest.In or CalicoLabelTest.NotIn)
            text.Append('{').AppendJoin(", ", label.Values.Select(Quoted)).Append('}');
        else
            text.Append(Quoted(label.Values[0]));
    }

    /// <summary>There are no escapes: a value has one sort of quotes in it at most.</summary>
    private static string Quoted(string value) => value.Contains('"') ? $"'{value}'" : $"\"{value}\"";
}
