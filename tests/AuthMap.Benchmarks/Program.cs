using AuthMap.Benchmarks;

return await Arguments.Create().Parse(args).InvokeAsync();
