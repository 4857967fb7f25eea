namespace AuthMap.Benchmarks.Rows;

/// <summary>One row of the goals: something that is measured by itself.</summary>
internal interface IRow
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures it.</summary>
    Task MeasureAsync(Bench bench);
}
