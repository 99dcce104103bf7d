namespace NetPolTools.Reading;

/// <summary>Short forms of going through objects and lists, for kinds of which we read a few fields deep inside.</summary>
internal static class FieldWalk
{
    /// <param name="fields">Stands on an object.</param>
    /// <param name="expected">What belongs here, for the message.</param>
    /// <param name="read">Reads the value of the field of this name, or gives false for one to pass over.</param>
    public static void EachField(this FieldReader fields, string expected, Func<string, bool> read)
    {
        if (!fields.EnterObject(expected))
            return;
        while (fields.NextField(out var name))
        {
            if (!read(name))
                fields.Skip();
        }
    }

    /// <param name="fields">Stands on a list.</param>
    /// <param name="expected">What belongs here, for the message.</param>
    /// <param name="read">Reads one item.</param>
    public static void EachItem(this FieldReader fields, string expected, Action read)
    {
        if (!fields.EnterArray(expected))
            return;
        while (fields.NextItem())
            read();
    }
}
