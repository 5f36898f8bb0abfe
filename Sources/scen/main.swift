print("scen")
